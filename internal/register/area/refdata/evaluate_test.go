//go:build evaluate

package refdata

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// Every code, name, level and parent agrees with the reference table that the product may be checked against.
// It lies under the folder that JIUYE_SHARED names.
func TestEvaluateAreasAgreeWithTheReferenceTable(t *testing.T) {
	shared := os.Getenv("JIUYE_SHARED")
	if shared == "" {
		t.Fatal("JIUYE_SHARED is not set: it names the folder with reference/divisions-inner-mongolia.csv")
	}
	file, err := os.Open(filepath.Join(shared, "reference", "divisions-inner-mongolia.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	ours := byCode()
	if len(rows)-1 != len(ours) {
		t.Errorf("%d reference rows, %d areas", len(rows)-1, len(ours))
	}
	for _, row := range rows[1:] {
		a := ours[row[0]]
		if got := []string{a.Code, a.Name, strconv.Itoa(a.Level), a.Parent}; got[0] != row[0] || got[1] != row[1] || got[2] != row[2] || got[3] != row[3] {
			t.Errorf("ours %v, reference %v", got, row)
		}
	}
}
