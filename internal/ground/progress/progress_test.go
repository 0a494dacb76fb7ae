package progress

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestAPersonReadsHowLongItWillTake(t *testing.T) {
	cases := []struct {
		done, total int64
		spent       time.Duration
		want        string
	}{
		{0, 100, time.Second, "导入 ░░░░░░░░░░░░░░░░░░░░░░░░ 0%"},
		{50, 100, 8 * time.Second, "导入 ████████████░░░░░░░░░░░░ 50%，约还需 8.0 秒"},
		{10, 100, 30 * time.Second, "导入 ██░░░░░░░░░░░░░░░░░░░░░░ 10%，约还需 4 分 30 秒"},
		{100, 100, time.Minute, "导入 ████████████████████████ 100%"},
		{120, 100, time.Minute, "导入 ████████████████████████ 100%"},
		{7, 0, time.Minute, "导入 7"},
	}
	for _, c := range cases {
		if got := Line("导入", c.done, c.total, c.spent); got != c.want {
			t.Errorf("%d/%d after %v: %q, want %q", c.done, c.total, c.spent, got, c.want)
		}
	}
}

func TestAFileGetsOneLineForEachStep(t *testing.T) {
	var out bytes.Buffer
	b := NewBar(&out, false)
	b.Step("读取", 10)
	b.Add(10)
	b.Step("写入", 0)
	b.End()
	b.End()
	if got := strings.Count(out.String(), "\n"); got != 2 || strings.Contains(out.String(), "\r") {
		t.Errorf("wrote %q", out.String())
	}
}
