package outwork

// Brand is a labour brand (劳务品牌).
type Brand struct {
	ID      int64
	Area    string
	Name    string
	Trade   string
	Skill   string
	Jobs    int
	Classes int   // training classes
	Income  int64 // fen a head and year; 0: not known
	Year    int   // of the income
	Source  string
	Intro   string
	Version int64
}
