package intake

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/emmansun/gmsm/sm3"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
)

// Listed is the state of a manifest (清单): it is read, and is no table.
const Listed = "listed"

// manifestLine is what a manifest says of one file.
type manifestLine struct {
	List      string  // the manifest
	File      string  // name, without folders
	Rows      int64   // records, without the header; -1: not said
	Algorithm string  // sha256, sm3, ""
	Hash      string  // hexadecimal, small letters
	Delivered db.Date // not set: not said
}

// manifestNames are what manifests are called, without the ending.
var manifestNames = []string{"清单", "交付清单", "报送清单", "文件清单", "manifest"}

// isManifest goes by the name: a manifest is the one file that must be known before it is read.
func isManifest(name string) bool {
	base := strings.ToLower(path.Base(name))
	ending := path.Ext(base)
	return slices.Contains([]string{".csv", ".json", ".txt", ".xlsx"}, ending) && slices.Contains(manifestNames, strings.TrimSuffix(base, ending))
}

// readManifest reads 清单.csv (or .xlsx, .txt) and manifest.json.
func readManifest(f *File, limits sheet.Limits) (lines []manifestLine, err error) {
	if strings.EqualFold(path.Ext(f.Name), ".json") {
		lines, err = manifestJSON(f.Path)
	} else {
		lines, err = manifestTable(f.Path, limits)
	}
	for i := range lines {
		lines[i].List, lines[i].File = path.Base(f.Name), path.Base(strings.ReplaceAll(lines[i].File, `\`, "/"))
		lines[i].Hash = strings.ToLower(strings.TrimSpace(lines[i].Hash))
	}
	if err == nil && len(lines) == 0 {
		err = badManifest("里面没有列出文件")
	}
	return lines, err
}

func badManifest(why string) error {
	return fault.New(fault.Invalid, "清单读不懂：%s。请写成四列：文件名、行数、SHA-256（或 SM3）、交付日期，每个文件一行", why)
}

// manifestMax bounds a manifest: 500 files take less than 100 KB.
const manifestMax = 4 << 20

func manifestJSON(name string) ([]manifestLine, error) {
	in, err := os.Open(name)
	if err != nil {
		return nil, noRoom(err)
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, manifestMax))
	if err != nil {
		return nil, noRoom(err)
	}
	type file struct {
		File   string `json:"file"`
		Rows   *int64 `json:"rows"`
		SHA256 string `json:"sha256"`
		SM3    string `json:"sm3"`
		Date   string `json:"date"`
	}
	var all struct {
		Date  string `json:"date"`
		Files []file `json:"files"`
	}
	text = []byte(strings.TrimPrefix(string(text), "\ufeff"))
	if err := json.Unmarshal(text, &all); err != nil && json.Unmarshal(text, &all.Files) != nil {
		return nil, badManifest("不是 JSON，或不是约定的样子")
	}
	var lines []manifestLine
	for _, f := range all.Files {
		l := manifestLine{File: f.File, Rows: -1}
		if f.Rows != nil {
			l.Rows = *f.Rows
		}
		if l.Hash, l.Algorithm = f.SHA256, "sha256"; f.SM3 != "" {
			l.Hash, l.Algorithm = f.SM3, "sm3"
		}
		if l.Hash == "" {
			l.Algorithm = ""
		}
		if err := l.date(f.Date, all.Date); err != nil {
			return nil, err
		}
		lines = append(lines, l)
	}
	return lines, nil
}

func (l *manifestLine) date(texts ...string) error {
	for _, s := range texts {
		if s = strings.Trim(s, blanks); s == "" {
			continue
		}
		v, _, bad := parseDate(&Column{Header: "交付日期"}, s)
		if bad != nil {
			return badManifest(bad.text)
		}
		l.Delivered = v.day()
		return nil
	}
	return nil
}

// manifestHeads are what the columns of a manifest may be called, by headKey.
var manifestHeads = map[string]string{"文件名": "file", "文件": "file", "文件名称": "file", "file": "file", "filename": "file",
	"行数": "rows", "记录数": "rows", "数据行数": "rows", "条数": "rows", "记录条数": "rows", "rows": "rows",
	"sha256": "sha256", "sm3": "sm3", "校验值": "any", "校验码": "any", "摘要": "any", "hash": "any",
	"交付日期": "date", "报送日期": "date", "日期": "date", "date": "date"}

func manifestTable(name string, limits sheet.Limits) (lines []manifestLine, err error) {
	limits.MaxRows, limits.MaxBytes = 10_000, manifestMax
	book, err := sheet.Open(name, limits)
	if err != nil {
		return nil, err
	}
	defer book.Close()
	var columns map[string]int
	for row, err := range book.Rows("") {
		if err != nil {
			return nil, err
		}
		if columns == nil {
			found := map[string]int{}
			for i, cell := range row.Cells {
				if field := manifestHeads[headKey(cell)]; field != "" {
					found[field] = i
				}
			}
			if _, has := found["file"]; has && len(found) > 1 {
				columns = found
			} else if row.Number > headRows {
				break
			}
			continue
		}
		l, err := manifestRow(row, columns)
		if err != nil {
			return nil, err
		}
		if l.File != "" {
			lines = append(lines, l)
		}
	}
	if columns == nil {
		return nil, badManifest("没有“文件名”和“行数”这样的表头")
	}
	return lines, nil
}

func manifestRow(row sheet.Row, columns map[string]int) (manifestLine, error) {
	cell := func(field string) string {
		if i, has := columns[field]; has {
			return strings.Trim(row.Cell(i), blanks+"'")
		}
		return ""
	}
	l := manifestLine{File: cell("file"), Rows: -1}
	if s := strings.TrimSuffix(strings.ReplaceAll(half(cell("rows")), ",", ""), "行"); s != "" {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n < 0 {
			return l, badManifest("第 " + itoa(int64(row.Number)) + " 行的行数“" + clip(s) + "”不是数")
		}
		l.Rows = n
	}
	for _, c := range []struct{ field, algorithm string }{{"sha256", "sha256"}, {"sm3", "sm3"}, {"any", "any"}} {
		if s := cell(c.field); s != "" {
			l.Hash, l.Algorithm = s, c.algorithm
		}
	}
	return l, l.date(cell("date"))
}

// broken are the alarms that a manifest raises about a batch: kind and arguments of the sentence.
type brokenPromise struct {
	kind string // missing, extra, rows, hash
	file string
	args []any
}

// compare holds what came against what the manifests promise.
func compareManifest(lines []manifestLine, files []File) (out []brokenPromise) {
	type came struct {
		rows     int64
		unread   bool // read in an earlier batch: not counted again
		path     string
		hash     []byte
		promised bool
	}
	byName := map[string]*came{}
	var names []string
	for i := range files {
		f := &files[i]
		if f.State == Listed {
			continue
		}
		name := path.Base(f.Name)
		c := byName[name]
		if c == nil {
			c = &came{path: f.Path, hash: f.Hash}
			byName[name], names = c, append(names, name)
		}
		c.rows += f.Read
		c.unread = c.unread || f.State == Repeated
	}
	for _, l := range lines {
		c := byName[l.File]
		if c == nil {
			out = append(out, brokenPromise{"missing", l.File, []any{l.List, l.File}})
			continue
		}
		c.promised = true
		if l.Hash != "" && !sameHash(l, c.path, c.hash) {
			out = append(out, brokenPromise{"hash", l.File, []any{l.File}})
		}
		if l.Rows >= 0 && l.Rows != c.rows && !c.unread {
			out = append(out, brokenPromise{"rows", l.File, []any{l.File, l.Rows, c.rows}})
		}
	}
	names = slices.DeleteFunc(names, func(name string) bool { return byName[name].promised })
	if len(names) > 0 && len(lines) > 0 {
		out = append(out, brokenPromise{"extra", names[0], []any{lines[0].List, strings.Join(names, "、"), len(names)}})
	}
	return out
}

// sameHash compares by the algorithm that the manifest names; where it names none, either may fit.
func sameHash(l manifestLine, name string, sum []byte) bool {
	if l.Algorithm != "sm3" && hex.EncodeToString(sum) == l.Hash {
		return true
	}
	if l.Algorithm == "sha256" {
		return false
	}
	got, err := hashWith(sm3.New(), name)
	return err == nil && hex.EncodeToString(got) == l.Hash
}

// hashWith is a file's hash.
func hashWith(h hash.Hash, name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(h, f)
	return h.Sum(nil), errors.Join(err, f.Close())
}
