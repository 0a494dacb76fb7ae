package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiuye/internal/ground/fault"
)

// Bundle is an open zip of tables, as departments send them. Nothing in it is trusted: neither names nor sizes.
type Bundle struct {
	file    *os.File
	size    int64
	limits  Limits
	entries []Entry
	total   int64 // bytes unpacked so far
}

// Entry is one file of a bundle.
type Entry struct {
	Name    string // without folders, in UTF-8
	Folder  string // within the bundle, "" at its top
	Problem error  // why it cannot be read; nil: it can
	file    *zip.File
}

// IsBundle reports whether a file is a zip that is no workbook. What cannot be opened is none.
func IsBundle(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 4)
	if _, err := io.ReadFull(f, head); err != nil || !bytes.Equal(head, []byte("PK\x03\x04")) && !bytes.Equal(head, []byte("PK\x05\x06")) {
		return false
	}
	info, err := f.Stat()
	if err != nil || boundedDirectory(f, info.Size()) != nil {
		return false
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return false
	}
	for _, e := range z.File {
		if n := partName(e.Name); n == "[content_types].xml" || n == "content.xml" {
			return false
		}
	}
	return true
}

// OpenBundle opens a zip. The caller closes it. A zip with too many files is refused as a whole; a file in it that cannot
// be taken is an entry with a Problem, and the others go on.
func OpenBundle(name string, limits Limits) (*Bundle, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, damaged(0, err)
	}
	b := &Bundle{file: f, limits: limits.withDefaults()}
	if err := b.read(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return b, nil
}

func (b *Bundle) read() error {
	info, err := b.file.Stat()
	if err != nil {
		return damaged(0, err)
	}
	b.size = info.Size()
	if err := boundedDirectory(b.file, b.size); err != nil {
		return err
	}
	z, err := zip.NewReader(b.file, b.size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return &Error{Fault: fault.Wrap(fault.Invalid, err, "压缩包已损坏，打不开。请核对是否传输完整，重新压缩后再上传")}
	}
	for _, f := range z.File {
		e := Entry{file: f}
		full := entryName(f)
		if strings.HasSuffix(full, "/") || hiddenEntry(full) {
			continue
		}
		e.Folder, e.Name = path.Split(full)
		e.Folder = strings.TrimSuffix(e.Folder, "/")
		if b.entries = append(b.entries, e); len(b.entries) > b.limits.MaxEntries {
			return tooLarge(0, "压缩包里的文件超过上限 %d 个，请分成几个压缩包上传", b.limits.MaxEntries)
		}
		b.entries[len(b.entries)-1].Problem = b.problem(f, full)
	}
	if len(b.entries) == 0 {
		return refuse(0, "压缩包里没有文件，请核对是否压缩完整")
	}
	return nil
}

// entryName is a name in UTF-8. Zips made on Chinese Windows write it in GBK without saying so.
func entryName(f *zip.File) string {
	name := f.Name
	if f.NonUTF8 || !utf8.ValidString(name) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil && !utf8.ValidString(name) && !strings.ContainsRune(s, utf8.RuneError) {
			name = s
		}
	}
	return strings.ToValidUTF8(strings.ReplaceAll(name, `\`, "/"), "�")
}

// hiddenEntry are the files that programs put into zips for themselves.
func hiddenEntry(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(name, "__MACOSX/") || base == ".DS_Store" || strings.EqualFold(base, "thumbs.db") || strings.HasPrefix(base, "~$")
}

const encrypted = 0x1

func (b *Bundle) problem(f *zip.File, full string) error {
	switch {
	case f.Flags&encrypted != 0:
		return refuse(0, "压缩包设有密码，这个文件没有读取。请解压后上传，或重新压缩时不设密码")
	case strings.HasPrefix(full, "/") || strings.Contains("/"+full+"/", "/../") || strings.Contains(full, ":"):
		return refuse(0, "压缩包里的路径不合规（“%s”指向压缩包以外），这个文件没有读取。请重新压缩后上传", full)
	case !f.Mode().IsRegular():
		return refuse(0, "这不是普通文件（可能是快捷方式），没有读取。请把原文件放进压缩包")
	}
	return nil
}

// Entries are the files of the bundle in their order.
func (b *Bundle) Entries() []Entry { return b.entries }

// Extract unpacks an entry. It stops at the limits, for one file and for all together, whatever the zip declares. A zip
// within the zip is refused.
func (b *Bundle) Extract(e Entry, to io.Writer) error {
	if e.Problem != nil {
		return e.Problem
	}
	r, err := e.file.Open()
	if err != nil {
		return spoilt(err)
	}
	defer r.Close()
	c := &capped{ReadCloser: r, packed: min(int64(min(e.file.CompressedSize64, 1<<62)), b.size), limits: b.limits}
	if err := c.check(int64(min(e.file.UncompressedSize64, 1<<62))); err != nil {
		return err
	}
	n, err := io.Copy(to, io.LimitReader(c, b.limits.MaxUnpacked-b.total+1))
	b.total += n
	var known *Error
	switch {
	case b.total > b.limits.MaxUnpacked:
		return tooLarge(0, "压缩包展开后超过上限 %d MB，从这个文件起没有读取。请分成几个压缩包上传", b.limits.MaxUnpacked>>20)
	case errors.As(err, &known):
		return err
	case err != nil:
		return spoilt(err)
	}
	return nil
}

func spoilt(err error) error {
	return &Error{Fault: fault.Wrap(fault.Invalid, err, "压缩包里的这个文件已损坏，解不开。请核对原件，重新压缩后再上传")}
}

// Nested is what to say of a zip within a zip.
func Nested(name string) error {
	return refuse(0, "压缩包里又有压缩包“%s”，没有读取。请解开后把里面的表格直接放进一个压缩包", filepath.Base(name))
}

// Close releases the file.
func (b *Bundle) Close() error { return b.file.Close() }
