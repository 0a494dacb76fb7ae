package sheet

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"
)

// look is what a cell's number format makes of its number.
type look uint8

const (
	plain    look = iota
	asDay         // 2006-01-02
	asMoment      // 2006-01-02 15:04:05
	asTime        // 15:04:05
)

// builtin number formats that show dates, with the meanings they have in Chinese editions.
func builtin(id int) look {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return asDay
	case id == 22:
		return asMoment
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id == 45, id == 47, id == 55, id == 56:
		return asTime
	}
	return plain
}

// lookOf reads a number format such as yyyy"年"m"月"d"日": only what stands outside quotes and brackets counts.
// Elapsed time ([h]:mm) is no point in time and stays a number.
func lookOf(code string) look {
	code, _, _ = strings.Cut(code, ";")
	if strings.HasPrefix(strings.ToLower(code), "general") {
		return plain
	}
	var day, month, hour bool
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == '"' || code[i] == '[':
			end := strings.IndexByte(code[i+1:], map[byte]byte{'"': '"', '[': ']'}[code[i]])
			if end < 0 {
				return plain
			}
			if inside := strings.ToLower(code[i+1 : i+1+end]); code[i] == '[' && inside != "" && strings.Trim(inside, inside[:1]) == "" && strings.Contains("hms", inside[:1]) {
				return plain
			}
			i += end + 1
		case code[i] == '\\' || code[i] == '_' || code[i] == '*':
			i++
		case c == 'y' || c == 'd':
			day = true
		case c == 'm':
			month = true
		case c == 'h' || c == 's':
			hour = true
		}
	}
	switch {
	case day && hour:
		return asMoment
	case day, month && !hour:
		return asDay
	case hour:
		return asTime
	}
	return plain
}

// styles reads what each cell style does to numbers.
func (a *archive) styles(part string) ([]look, error) {
	formats, looks, inside := map[int]look{}, []look{}, false
	err := a.scan(part, func(x *xmlScanner) error {
		switch {
		case x.is("numFmt"):
			if id, err := strconv.Atoi(x.attr("numFmtId")); err == nil && len(formats) < 1<<16 {
				formats[id] = lookOf(x.attr("formatCode"))
			}
		case x.is("cellXfs"):
			inside = true
		case x.is("cellStyles"), x.is("dxfs"):
			inside = false
		case x.is("xf") && inside && len(looks) < 1<<17:
			id, _ := strconv.Atoi(x.attr("numFmtId"))
			show, custom := formats[id]
			if !custom {
				show = builtin(id)
			}
			looks = append(looks, show)
		}
		return nil
	})
	return looks, err
}

const lastSerial = 2958466 // the day after 9999-12-31

// appendSerial adds a day number as a date. Day 60 is 29 February 1900, which spreadsheets have and the calendar has not.
func appendSerial(b []byte, f float64, show look, date1904 bool) ([]byte, bool) {
	if !(f >= 0 && f < lastSerial) {
		return b, false
	}
	if date1904 {
		f += 1462
	}
	days := math.Floor(f)
	seconds := int(math.Round((f - days) * 86400))
	if seconds == 86400 {
		days, seconds = days+1, 0
	}
	if show == asTime && days == 0 || days == 0 {
		if show == asDay {
			return b, false
		}
		return time.Date(2000, 1, 1, 0, 0, seconds, 0, time.UTC).AppendFormat(b, time.TimeOnly), true
	}
	if days == 60 {
		return append(b, "1900-02-29"...), true
	}
	if days < 60 {
		days++
	}
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
	if show == asDay || seconds == 0 {
		return t.AppendFormat(b, time.DateOnly), true
	}
	return t.AppendFormat(b, time.DateTime), true
}

// appendPlain adds a number as people write it: no exponent for what fits into 15 digits, and at most the 15 digits that a
// spreadsheet shows, so that 0.30000000000000004 is 0.3. A number that lost digits keeps its exponent: whoever reads an ID number
// from it must see that.
func appendPlain(b, raw []byte) []byte {
	exponent := bytes.ContainsAny(raw, "eE")
	if !exponent && (len(raw) <= 16 || bytes.IndexByte(raw, '.') < 0) {
		return append(b, raw...)
	}
	f, ok := parseFloat(raw)
	if !ok || math.Abs(f) >= 1e15 || f != 0 && math.Abs(f) < 1e-9 {
		return append(b, raw...)
	}
	if f == math.Trunc(f) {
		return strconv.AppendInt(b, int64(f), 10)
	}
	if short, ok := parseFloat(strconv.AppendFloat(nil, f, 'g', 15, 64)); ok {
		f = short
	}
	return strconv.AppendFloat(b, f, 'f', -1, 64)
}
