package sheet

import "jiuye/internal/ground/fault"

// Limits bound what a file may cost. A zero field means its default.
type Limits struct {
	MaxBytes   int64 // content after unpacking, per part of the file; default 8 GiB
	MaxRatio   int64 // unpacked to packed size, watched from 32 MiB on; default 250
	MaxText    int64 // memory for a workbook's shared texts, in bytes; default 256 MiB
	MaxSheets  int   // default 64
	MaxColumns int   // up to the last column with text; default 1,000
	MaxCell    int   // bytes of one cell; default 128 KiB, more than a spreadsheet program itself allows
	MaxRows    int   // number of the last row of a sheet; default 50,000,000

	MaxEntries  int   // files of a zip; default 500
	MaxUnpacked int64 // all files of a zip together; default 16 GiB
}

const ratioFrom = 32 << 20 // small parts may be packed as tightly as they like

// cellSlack is what the raw form of a cell may need beyond its text: markup, quotes, entities.
const cellSlack = 64 << 10

func (l Limits) withDefaults() Limits {
	set(&l.MaxBytes, 8<<30)
	set(&l.MaxRatio, 250)
	set(&l.MaxText, 256<<20)
	set(&l.MaxSheets, 64)
	set(&l.MaxColumns, 1000)
	set(&l.MaxCell, 128<<10)
	set(&l.MaxRows, 50_000_000)
	set(&l.MaxEntries, 500)
	set(&l.MaxUnpacked, 16<<30)
	return l
}

func set[N int | int64](field *N, value N) {
	if *field <= 0 {
		*field = value
	}
}

// Error is trouble with a file. The fault in it has the sentence for the person (fault.TextOf finds it) and the kind:
// fault.Invalid for a wrong file, fault.TooLarge for a limit.
type Error struct {
	Row   int // 1-based row in the file, 0 when the file as a whole is meant
	Fault *fault.Error
}

// Error is the log's view.
func (e *Error) Error() string { return "sheet: " + e.Fault.Error() }

// Unwrap gives the fault.
func (e *Error) Unwrap() error { return e.Fault }

func refuse(row int, format string, args ...any) error {
	return &Error{Row: row, Fault: fault.New(fault.Invalid, format, args...)}
}

func tooLarge(row int, format string, args ...any) error {
	return &Error{Row: row, Fault: fault.New(fault.TooLarge, format, args...)}
}

func damaged(row int, err error) error {
	return &Error{Row: row, Fault: fault.Wrap(fault.Invalid, err, "文件已损坏，读到一半打不开。请用 Excel 或 WPS 打开原件，另存为新的 .xlsx 后再上传")}
}
