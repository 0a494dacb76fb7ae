package occupation

import (
	"slices"
	"testing"
)

func TestSharedCharactersCountWhateverTheirOrder(t *testing.T) {
	table := NewTable([]Class{{Code: "1", Name: "保安员"}, {Code: "2", Name: "员工"}, {Code: "3", Name: "焊工"}})
	words := &vocabulary{}
	for _, c := range table.Classes() {
		words.add(pieces(c.Name))
	}
	l, o := newLetters(table, words), newOverlap(3)
	l.compare(distinct("夜班安保，员额2人"), o)
	if o.part[0] != 1 || o.part[1] != 0.5 || o.part[2] != 0 {
		t.Errorf("shares of the names' characters: %v", o.part)
	}
	if got := best(o.cosine, 3); !slices.Equal(got, []int32{0, 1}) {
		t.Errorf("order of names: %v", got)
	}
	if !(o.rarest[0] > o.rarest[1]) {
		t.Errorf("保 is rarer than 员: %v", o.rarest)
	}
	l.compare(nil, o)
	if slices.Max(o.cosine) != 0 {
		t.Errorf("a title without characters is like nothing: %v", o.cosine)
	}
}
