package sheet

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiuye/internal/ground/fault"
)

// bundleOf writes a zip; names and contents in turn.
func bundleOf(t testing.TB, parts ...string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: parts[i], Method: zip.Deflate, NonUTF8: true})
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "a.zip")
	if err := os.WriteFile(name, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestAZipOfTablesIsReadFileByFile(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("民政/低保.csv")
	if err != nil {
		t.Fatal(err)
	}
	name := bundleOf(t, "户籍.csv", "a,b", gbk, "c,d", "目录/", "", "__MACOSX/._x", "x", "../../etc/passwd", "root", `C:\x.csv`, "y")
	if !IsBundle(name) {
		t.Fatal("a zip is not known as one")
	}
	b, err := OpenBundle(name, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	var got []string
	for _, e := range b.Entries() {
		var out bytes.Buffer
		if err := b.Extract(e, &out); err != nil {
			out.WriteString(fault.TextOf(err))
		}
		got = append(got, e.Name+"="+out.String())
	}
	if len(got) != 4 || got[0] != "户籍.csv=a,b" || got[1] != "低保.csv=c,d" || !strings.Contains(got[2], "路径不合规") || !strings.Contains(got[3], "路径不合规") {
		t.Errorf("%q", got)
	}
	if b.Entries()[1].Folder != "民政" {
		t.Errorf("folder %q", b.Entries()[1].Folder)
	}
}

func TestAZipThatUnfoldsTooFarIsStopped(t *testing.T) {
	blanks := strings.Repeat(" ", 40<<20)
	for what, c := range map[string]struct {
		name   string
		limits Limits
		want   string
	}{
		"ratio":    {bundleOf(t, "a.csv", blanks), Limits{}, "大得不正常"},
		"one file": {bundleOf(t, "a.csv", blanks), Limits{MaxBytes: 1 << 20}, "展开后超过上限 1 MB"},
		"together": {bundleOf(t, "a.csv", strings.Repeat("ab", 1<<19), "b.csv", strings.Repeat("ab", 1<<19)), Limits{MaxUnpacked: 1 << 20}, "压缩包展开后超过上限 1 MB"},
	} {
		b, err := OpenBundle(c.name, c.limits)
		if err != nil {
			t.Fatal(err)
		}
		err = nil
		for _, e := range b.Entries() {
			if err == nil {
				err = b.Extract(e, &bytes.Buffer{})
			}
		}
		if err == nil || !strings.Contains(fault.TextOf(err), c.want) {
			t.Errorf("%s: %v", what, err)
		}
		_ = b.Close()
	}
	if _, err := OpenBundle(bundleOf(t, "a", "1", "b", "2"), Limits{MaxEntries: 1}); !fault.Is(err, fault.TooLarge) {
		t.Errorf("entries: %v", err)
	}
	if _, err := OpenBundle(bundleOf(t, "a/", ""), Limits{}); err == nil {
		t.Error("an empty zip is taken")
	}
}

func TestAWorkbookIsNoBundle(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(name, []byte(workbookOf(t, `<row r="1"><c r="A1"><v>1</v></c></row>`, "", "")), 0o600); err != nil {
		t.Fatal(err)
	}
	if IsBundle(name) || IsBundle(filepath.Join(t.TempDir(), "nowhere")) {
		t.Error("taken for a bundle")
	}
}

// FuzzBundle: whatever bytes come, opening and unpacking ends with files or with a sentence, within the limits.
func FuzzBundle(f *testing.F) {
	content, err := os.ReadFile(bundleOf(f, "户籍.csv", "a,b", "../x", "y"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, content []byte) {
		name := filepath.Join(t.TempDir(), "x.zip")
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
		IsBundle(name)
		b, err := OpenBundle(name, Limits{MaxUnpacked: 1 << 20, MaxEntries: 10})
		if err != nil {
			if fault.TextOf(err) == "" {
				t.Error("no sentence")
			}
			return
		}
		defer b.Close()
		for _, e := range b.Entries() {
			if strings.ContainsAny(e.Name, "/\\") {
				t.Errorf("name %q has a folder", e.Name)
			}
			var out bytes.Buffer
			if err := b.Extract(e, &out); err != nil && fault.TextOf(err) == "" || out.Len() > 1<<20+1 {
				t.Errorf("%d bytes, %v", out.Len(), err)
			}
		}
	})
}
