package jobs

import (
	"slices"
	"testing"
)

func TestLicencesThatAdvertsRequire(t *testing.T) {
	for text, want := range map[string][]string{
		"招电工，须持低压电工证上岗":     {"电工作业证"},
		"有电工证优先":            {},
		"无需电工证，可带教":         {},
		"电工证优先；进厂后须考取叉车证":   {"叉车证"},
		"持a2驾驶证，三年以上驾龄":     {"货车驾驶证"},
		"护士，有护士执业证、教师资格证者佳": {"护士执业证"},
		"保洁员": {},
		"":    {},
	} {
		if got := papersAsked(text); !slices.Equal(got, want) && len(got)+len(want) > 0 {
			t.Errorf("%q requires %v, want %v", text, got, want)
		}
	}
}

func TestLicencesThatPracticeShows(t *testing.T) {
	if got := papersHeld([]string{"6-31-01-03", "", "2-05-08-04"}); !slices.Equal(got, []string{"电工作业证", "护士执业证"}) {
		t.Error(got)
	}
	if got := papersHeld([]string{"6-31-01-02", "6-31-00-00"}); len(got) != 0 {
		t.Error(got)
	}
}
