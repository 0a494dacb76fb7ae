package plandoc_test

import (
	"strings"
	"testing"

	"jiuye/internal/engine/plandoc"
)

// Two megabytes of what a hostile or broken file may be made of: the time grows with the length alone.
func BenchmarkReadsTwoMegabytes(b *testing.B) {
	for _, c := range []struct{ name, piece string }{
		{"headings", "（一）主要目标\n"},
		{"sentence", "城镇新增就业达到100万人，"},
		{"brackets", "（其中（"},
		{"bars", "| 指标 | 万人 | 100 |\n"},
		{"digits", "1234567890"},
		{"duties", "1.开展培训。（责任单位：人社局、财政局）\n"},
	} {
		text := strings.Repeat(c.piece, 2<<20/len(c.piece))
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				plandoc.Read(plandoc.FromLines("x.txt", text))
			}
		})
	}
}
