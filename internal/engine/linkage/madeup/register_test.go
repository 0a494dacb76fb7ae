package madeup

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jiuye/internal/engine/identity"
)

func list(o Options) (rows [][]string) {
	Rows(o, func(row []string) bool {
		rows = append(rows, row)
		return true
	})
	return rows
}

func TestTheSameOptionsGiveTheSameRegister(t *testing.T) {
	o := Issue(3000, 1800)
	if diff := cmp.Diff(list(o), list(o)); diff != "" {
		t.Error(diff)
	}
	o.Seed = 2
	if cmp.Equal(list(o), list(Issue(3000, 1800))) {
		t.Error("another seed gives the same register")
	}
}

func TestARegisterHasTheMistakesAskedFor(t *testing.T) {
	o := Issue(20_000, 12_000)
	o.IDs = .9
	empty, ids, people := 0, 0, map[string]bool{}
	for _, row := range list(o) {
		if len(row) != len(Titles) {
			t.Fatalf("a row has %d cells", len(row))
		}
		if row[slices.Index(Titles, "手机号")] == "" {
			empty++
		}
		if _, err := identity.ParseIDNumber(row[slices.Index(Titles, "证件号")]); err == nil {
			ids++
		}
		people[row[slices.Index(Titles, "人")]] = true
	}
	if empty < 5700 || empty > 6300 || ids < 17_700 || ids > 18_200 || len(people) != 12_000 {
		t.Errorf("%d without phone, %d with a valid ID number, %d people", empty, ids, len(people))
	}
}
