package benchrun

import "os"

// scratch is a file that goes when the measuring is over.
type scratch struct{ *os.File }

func temp() (scratch, error) {
	f, err := os.CreateTemp("", "jiuye-census-*")
	return scratch{f}, err
}

func (s scratch) drop() {
	_ = s.Close()
	_ = os.Remove(s.Name()) // the system's folder for such files is emptied anyhow
}
