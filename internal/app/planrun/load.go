package planrun

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiuye/internal/engine/plandoc"
	"jiuye/internal/ground/fault"
)

// Limits on what is read.
const (
	MaxFile = 64 << 20 // bytes of a file
	maxText = 32 << 20 // bytes of text a file may unpack to
)

// Formats are the values of --format.
var Formats = []string{"auto", "txt", "html", "docx", "pdf"}

// Load reads a plan document of one of the Formats ("" is auto: by what the file holds).
func Load(path, format string) (plandoc.Text, error) {
	f, err := os.Open(path)
	if err != nil {
		return plandoc.Text{}, fault.New(fault.NotFound, "打不开文件 %s，请检查路径和权限：%w", path, err)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, MaxFile+1))
	if err != nil {
		return plandoc.Text{}, fault.New(fault.Invalid, "读文件 %s 出错：%w", path, err)
	}
	return Parse(filepath.Base(path), format, raw)
}

// Parse reads a plan document from its bytes, as an upload has them.
func Parse(name, format string, raw []byte) (plandoc.Text, error) {
	if len(raw) > MaxFile {
		return plandoc.Text{}, fault.New(fault.TooLarge, "文件 %s 超过 64 MB，请压缩图片或拆分后再读", name)
	}
	if format == "" || format == "auto" {
		format = guess(name, raw)
	}
	switch format {
	case "docx":
		return fromDocx(name, raw)
	case "pdf":
		return fromPDF(name, raw)
	case "doc":
		return plandoc.Text{}, fault.New(fault.Invalid, "文件 %s 是旧版 Word（.doc），请另存为 .docx 后再读", name)
	case "html":
		s, err := decode(name, raw)
		if err != nil {
			return plandoc.Text{}, err
		}
		return fromHTML(name, s)
	case "txt":
		s, err := decode(name, raw)
		if err != nil {
			return plandoc.Text{}, err
		}
		return plandoc.FromLines(name, s), nil
	}
	return plandoc.Text{}, fault.New(fault.Invalid, "不认识格式 %s，可用：%s", format, strings.Join(Formats, "、"))
}

// guess tells the format from the first bytes and, failing them, from the name.
func guess(name string, raw []byte) string {
	switch {
	case bytes.HasPrefix(raw, []byte("%PDF")):
		return "pdf"
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return "docx"
	case bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0")):
		return "doc"
	}
	low := bytes.ToLower(raw[:min(len(raw), 64<<10)])
	for _, tag := range []string{"<html", "<body", "<div", "<p ", "<p>", "<table"} {
		if bytes.Contains(low, []byte(tag)) {
			return "html"
		}
	}
	if ext := strings.ToLower(filepath.Ext(name)); ext == ".htm" || ext == ".html" {
		return "html"
	}
	return "txt"
}

// decode gives UTF-8 from UTF-8, UTF-16 with its mark, or GB18030.
func decode(name string, raw []byte) (string, error) {
	if len(raw) > maxText {
		return "", fault.New(fault.TooLarge, "文件 %s 的文字超过 32 MB，不像一份规划，请检查", name)
	}
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		raw = raw[3:]
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		big := raw[0] == 0xfe
		u := make([]uint16, 0, len(raw)/2)
		for i := 2; i+1 < len(raw); i += 2 {
			lo, hi := raw[i], raw[i+1]
			if big {
				lo, hi = hi, lo
			}
			u = append(u, uint16(lo)|uint16(hi)<<8)
		}
		return string(utf16.Decode(u)), nil
	}
	if utf8.Valid(raw) {
		return string(raw), nil
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil || bytes.Count(out, []byte("\uFFFD"))*20 > utf8.RuneCount(out) {
		return "", fault.New(fault.Invalid, "文件 %s 不是 UTF-8 或 GB18030 编码的文字，请另存为 UTF-8 文本后再读", name)
	}
	return string(out), nil
}
