package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"strings"

	"jiuye/internal/ground/fault"
)

// signs are the first bytes of files that are no tables, and what to tell the person. Text is compared in small letters.
var signs = []struct{ magic, text string }{
	{"%pdf", "这是 PDF 文件，不是表格。请提供原始的 .xlsx 或 .csv 文件"},
	{"\x89png", "这是图片，不是表格。请提供原始的 .xlsx 或 .csv 文件"},
	{"\xff\xd8\xff", "这是图片，不是表格。请提供原始的 .xlsx 或 .csv 文件"},
	{"gif8", "这是图片，不是表格。请提供原始的 .xlsx 或 .csv 文件"},
	{"rar!", "这是压缩包。请解压后上传里面的表格"},
	{"7z\xbc\xaf", "这是压缩包。请解压后上传里面的表格"},
	{"\x1f\x8b", "这是压缩包。请解压后上传里面的表格"},
	{"{\\rtf", "这是 Word 文档，不是表格。请把表格复制到 Excel 或 WPS 表格中，另存为 .xlsx 后再上传"},
	{"sqlite format 3", "这是数据库文件，不是表格。请导出为 .csv 后再上传"},
}

const oldXLS = "这是旧版 .xls 文件，请在 Excel 或 WPS 中另存为 .xlsx 后再上传"

// detect finds out from the content what a file is, and refuses everything that is not an xlsx or a text.
func detect(r io.ReaderAt, size int64) (format, error) {
	head := make([]byte, min(size, 4096))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", damaged(0, err)
	}
	if len(head) == 0 {
		return "", refuse(0, "文件是空的，请核对是否导出完整")
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return xlsxFile, nil
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return "", compound(r, head)
	}
	small := lower(head)
	for _, s := range signs {
		if bytes.HasPrefix(small, []byte(s.magic)) {
			return "", refuse(0, "%s", s.text)
		}
	}
	return csvFile, markup(small)
}

// lower makes ASCII letters small and leaves all other bytes, unlike bytes.ToLower, which repairs broken text.
func lower(b []byte) []byte {
	small := bytes.Clone(b)
	for i, c := range small {
		if c >= 'A' && c <= 'Z' {
			small[i] = c + 'a' - 'A'
		}
	}
	return small
}

// markup refuses web pages and XML that bear a table's name; many systems export "Excel" that way.
func markup(small []byte) error {
	text := bytes.ReplaceAll(bytes.TrimPrefix(bytes.TrimPrefix(small, []byte("\xef\xbb\xbf")), []byte("\xff\xfe")), []byte{0}, nil)
	text = bytes.TrimSpace(text)
	if len(text) == 0 || text[0] != '<' {
		return nil
	}
	for _, tag := range []string{"<html", "<!doctype", "<table", "<meta", "<head", "<body", "<style", "<div", "<script", "<!--"} {
		if bytes.HasPrefix(text, []byte(tag)) {
			return refuse(0, "这是网页，不是真正的表格，只是用了表格的文件名。请在 Excel 或 WPS 中打开，另存为 .xlsx 后再上传")
		}
	}
	if bytes.HasPrefix(text, []byte("<?xml")) || bytes.HasPrefix(text, []byte("<workbook")) {
		return refuse(0, "这是 XML 表格（2003 版），请在 Excel 或 WPS 中打开，另存为 .xlsx 后再上传")
	}
	return nil
}

// compound tells what is in an OLE2 file by the names in its directory: a workbook with a password, an old .xls or a document.
func compound(r io.ReaderAt, head []byte) error {
	directory := head
	if len(head) >= 52 {
		shift := binary.LittleEndian.Uint16(head[30:])
		first := binary.LittleEndian.Uint32(head[48:])
		if shift <= 12 {
			directory = make([]byte, 8192)
			n, _ := r.ReadAt(directory, (int64(first)+1)<<shift)
			directory = append(directory[:n], head...)
		}
	}
	switch {
	case bytes.Contains(directory, wide("EncryptedPackage")), bytes.Contains(directory, wide("EncryptionInfo")):
		return refuse(0, "这个表格设有打开密码。请在 Excel 或 WPS 中输入密码打开，取消密码并保存后再上传")
	case bytes.Contains(directory, wide("WordDocument")):
		return refuse(0, "这是 Word 文档，不是表格。请把表格复制到 Excel 或 WPS 表格中，另存为 .xlsx 后再上传")
	}
	return refuse(0, oldXLS)
}

// wide is ASCII text in UTF-16, as OLE2 directories have it.
func wide(s string) []byte {
	w := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		w = append(w, s[i], 0)
	}
	return w
}

// stranger says what a zip is that is not an xlsx.
func stranger(z *zip.Reader) error {
	for _, f := range z.File {
		name := strings.ToLower(f.Name)
		switch {
		case name == "xl/workbook.bin":
			return refuse(0, "这是 .xlsb 文件，请在 Excel 中另存为 .xlsx 后再上传")
		case strings.HasPrefix(name, "word/"):
			return refuse(0, "这是 Word 文档，不是表格。请把表格复制到 Excel 或 WPS 表格中，另存为 .xlsx 后再上传")
		case strings.HasPrefix(name, "ppt/"):
			return refuse(0, "这是演示文稿，不是表格。请提供 .xlsx 或 .csv 文件")
		case name == "content.xml":
			return refuse(0, "这是 .ods 文件，请在 WPS 或 LibreOffice 中另存为 .xlsx 后再上传")
		}
	}
	return &Error{Fault: fault.New(fault.Invalid, "这是压缩包，里面没有工作簿。请解压后上传里面的表格")}
}
