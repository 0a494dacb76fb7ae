package area

import "testing"

func TestAClerkReadsWhereAVillageLies(t *testing.T) {
	village := Children(Children("152921")[0].Code)[0]
	path := Path(village.Code)
	if len(path) != 5 || path[1].Name != "阿拉善盟" || path[2].Name != "阿拉善左旗" {
		t.Fatalf("the path of %s is %v", village.Code, path)
	}
	if got, want := FullName(village.Code), "阿拉善盟阿拉善左旗"+path[3].Name+village.Name; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestCodesAreReadInEveryNotation(t *testing.T) {
	cases := []struct {
		code, normal, parent string
		level                int
	}{
		{"150000", "15", "", Region},
		{"15", "15", "", Region},
		{"152900", "1529", "15", League},
		{"1529", "1529", "15", League},
		{"152921", "152921", "1529", Banner},
		{"152921000000", "152921", "1529", Banner},
		{" 152921 ", "152921", "1529", Banner},
	}
	for _, c := range cases {
		n := Normal(c.code)
		if n != c.normal || Parent(n) != c.parent || Level(n) != c.level {
			t.Errorf("%q: normal %q, parent %q, level %d", c.code, n, Parent(n), Level(n))
		}
	}
}

func TestAnUnknownCodeIsShownAsItIs(t *testing.T) {
	if Name("999999") != "999999" || FullName("999999") != "999999" || Exists("999999") || Level("1234567") != 0 {
		t.Error("an unknown code must not be given a name")
	}
}
