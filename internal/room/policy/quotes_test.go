//go:build evaluate

package policy

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// seeds are the files of the planning documents, by the name the catalogue gives them.
var seeds = map[string]string{
	"《内蒙古自治区“十四五”就业促进规划》": "000_", "《阿拉善盟“十四五”就业促进规划》": "001_", "《内蒙古自治区就业促进行动实施方案》": "002_",
	"《“十四五”就业促进规划》": "003_", "《内蒙古自治区人民政府关于做好当前和今后一段时期就业创业工作的实施意见》": "004_",
}

// bare drops what line breaks and typesetting change: blanks, and the width of punctuation.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r >= '！' && r <= '～':
			return r - 0xfee0
		}
		return r
	}, s)
}

// Every quotation of the catalogue stands word for word in the document it is said to be from.
func TestEvaluateQuotesStandInTheDocuments(t *testing.T) {
	texts := map[string]string{}
	for name, prefix := range seeds {
		found, err := filepath.Glob(filepath.Join(os.Getenv("JIUYE_SHARED"), "seeds", prefix+"*.txt"))
		if err != nil || len(found) != 1 {
			t.Fatalf("the document %s: %v %v", prefix, found, err)
		}
		text, err := os.ReadFile(found[0])
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = bare(string(text))
	}
	c := mustCatalogue(t)
	for _, e := range c.entries {
		text, known := texts[e.Document]
		switch {
		case !known:
			t.Errorf("%s is from %s, which is no document", e.ID, e.Document)
		case !strings.Contains(text, bare(e.Quote)):
			t.Errorf("%s: the quote does not stand in %s: %s", e.ID, e.Document, e.Quote)
		}
	}
	t.Logf("%d quotes stand in the documents", len(c.entries))
}
