package builtin_test

import (
	"testing"
	"testing/fstest"

	"jiuye/internal/ground/builtin"
)

var files = fstest.MapFS{"a.csv": {Data: []byte("name,n\n旗,3\n县,x\n")}, "a.yaml": {Data: []byte("- name: 旗\n")}, "empty.csv": {}, "bad.yaml": {Data: []byte(":\t-")}}

func TestALineIsReadUnderItsHeader(t *testing.T) {
	var names []string
	builtin.Table(files, "a.csv", func(r builtin.Row) error {
		if names = append(names, r.Text("name")); r.Text("name") == "旗" && r.Number("n") != 3 {
			t.Error("the number of 旗")
		}
		return nil
	})
	if len(names) != 2 || names[1] != "县" {
		t.Error(names)
	}
	if list := builtin.YAML[[]struct{ Name string }](files, "a.yaml"); len(list) != 1 || list[0].Name != "旗" {
		t.Error(list)
	}
}

func TestADamagedFileStopsTheProgram(t *testing.T) {
	for name, do := range map[string]func(){
		"no file":   func() { builtin.Table(files, "b.csv", nil) },
		"no header": func() { builtin.Table(files, "empty.csv", nil) },
		"no column": func() { builtin.Table(files, "a.csv", func(r builtin.Row) error { r.Text("zzz"); return nil }) },
		"no number": func() { builtin.Table(files, "a.csv", func(r builtin.Row) error { r.Number("n"); return nil }) },
		"no yaml":   func() { builtin.YAML[[]string](files, "bad.yaml") },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("nothing is said")
				}
			}()
			do()
		})
	}
}
