package fault

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestTheReaderSeesTheSentenceAndTheLogSeesTheCause(t *testing.T) {
	cases := []struct {
		name string
		err  error
		kind Kind
		text string
	}{
		{"a plain fault", New(NotFound, "没有这份档案"), NotFound, "没有这份档案"},
		{"a formatted fault", New(Invalid, "账号应为 %d 位，您填了 %d 位", 19, 18), Invalid, "账号应为 19 位，您填了 18 位"},
		{"wrapped twice", fmt.Errorf("store: %w", Wrap(Unavailable, io.EOF, "数据库暂时连不上")), Unavailable, "数据库暂时连不上"},
		{"not a fault", io.EOF, Internal, "系统出了问题，已记录。请稍后再试；仍不行请联系管理员"},
	}
	for _, c := range cases {
		if KindOf(c.err) != c.kind || TextOf(c.err) != c.text {
			t.Errorf("%s: got %v %q", c.name, KindOf(c.err), TextOf(c.err))
		}
	}
	if !errors.Is(Wrap(Internal, io.EOF, "x"), io.EOF) {
		t.Error("the cause must stay reachable")
	}
}
