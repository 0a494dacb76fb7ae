package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"path"
	"strings"
)

// archive is the zip that an xlsx is, with its parts under small-letter names.
type archive struct {
	parts  map[string]*zip.File
	size   int64
	limits Limits
}

const directoryMax = 8 << 20 // a workbook's directory of parts takes kilobytes

func openArchive(r io.ReaderAt, size int64, limits Limits) (*archive, error) {
	if err := boundedDirectory(r, size); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, damaged(0, err)
	}
	a := &archive{parts: make(map[string]*zip.File, len(z.File)), size: size, limits: limits}
	for _, f := range z.File {
		a.parts[partName(f.Name)] = f
	}
	if a.parts["[content_types].xml"] == nil || a.parts["xl/workbook.bin"] != nil {
		return nil, stranger(z)
	}
	return a, nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// boundedDirectory looks at the size of the zip's directory before archive/zip reads all of it into memory.
func boundedDirectory(r io.ReaderAt, size int64) error {
	tail := make([]byte, min(size, 66<<10))
	n, err := r.ReadAt(tail, size-int64(len(tail)))
	if err != nil && err != io.EOF {
		return damaged(0, err)
	}
	tail = tail[:n]
	if i := bytes.LastIndex(tail, []byte("PK\x05\x06")); i >= 0 && i+16 <= len(tail) && binary.LittleEndian.Uint32(tail[i+12:]) > directoryMax {
		return tooLarge(0, "文件里打包了过多的内容，不是正常的表格。请在 Excel 或 WPS 中另存为新的 .xlsx 后再上传")
	}
	return nil
}

// open gives a part, and nil when there is none. Sizes are checked as declared and again as they come.
func (a *archive) open(name string) (io.ReadCloser, error) {
	f := a.parts[partName(name)]
	if f == nil {
		return nil, nil
	}
	packed := min(int64(min(f.CompressedSize64, 1<<62)), a.size)
	c := &capped{packed: packed, limits: a.limits}
	if err := c.check(int64(min(f.UncompressedSize64, 1<<62))); err != nil {
		return nil, err
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged(0, err)
	}
	c.ReadCloser = r
	return c, nil
}

// capped ends a part that unpacks to more than it should.
type capped struct {
	io.ReadCloser
	n, packed int64
	limits    Limits
}

func (c *capped) check(n int64) error {
	if n > c.limits.MaxBytes {
		return tooLarge(0, "文件展开后超过上限 %d MB。请拆成几个文件分别上传", c.limits.MaxBytes>>20)
	}
	if n > ratioFrom && n/c.limits.MaxRatio > c.packed {
		return tooLarge(0, "文件展开后大得不正常（超过 %d 倍），已停止读取。请在 Excel 或 WPS 中删去空白行列，另存为新的 .xlsx 后再上传", c.limits.MaxRatio)
	}
	return nil
}

// Read passes the part on, within the limits.
func (c *capped) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.n += int64(n)
	if e := c.check(c.n); e != nil {
		return 0, e
	}
	return n, err
}

// relations reads a .rels part: id → target, with the targets made absolute. kind, when given, keeps those of a type that ends so.
func (a *archive) relations(of, kind string) (map[string]string, error) {
	dir, base := path.Split(of)
	targets := map[string]string{}
	err := a.scan(dir+"_rels/"+base+".rels", func(x *xmlScanner) error {
		if !x.is("Relationship") {
			return nil
		}
		if len(targets) >= 10_000 {
			return tooLarge(0, "文件里打包了过多的内容，不是正常的表格。请在 Excel 或 WPS 中另存为新的 .xlsx 后再上传")
		}
		target := x.attr("Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		if strings.HasSuffix(x.attr("Type"), kind) {
			targets[x.attr("Id")] = strings.TrimPrefix(target, "/")
		}
		return nil
	})
	return targets, err
}

// scan calls visit at each start tag of a part; a part that is absent has none.
func (a *archive) scan(name string, visit func(x *xmlScanner) error) error {
	part, err := a.open(name)
	if part == nil || err != nil {
		return err
	}
	defer part.Close()
	x := newXML(part, a.limits)
	for {
		switch kind, err := x.next(); {
		case err == io.EOF:
			return nil
		case err != nil:
			return x.fail(0, err)
		case kind == startTag:
			if err := visit(x); err != nil {
				return err
			}
		}
	}
}
