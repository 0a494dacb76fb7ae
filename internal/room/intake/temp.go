package intake

import (
	"context"
	"io"
	"os"
)

// turner is Stop or Resume.
type turner func(ctx context.Context, who Actor, batchID int64, once string) error

// temp is a file that lives for one request.
type temp struct{ file *os.File }

func newTemp(dir string) (temp, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return temp{}, noRoom(err)
	}
	f, err := os.CreateTemp(dir, "errors-*")
	if err != nil {
		return temp{}, noRoom(err)
	}
	return temp{f}, nil
}

// send copies what was written.
func (t temp) send(to io.Writer) error {
	if _, err := t.file.Seek(0, io.SeekStart); err != nil {
		return noRoom(err)
	}
	_, err := io.Copy(to, t.file)
	return err
}

func (t temp) remove() {
	_ = t.file.Close()
	_ = os.Remove(t.file.Name())
}
