package rank

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// code is an occupation in four bytes, the large class first; a zero byte is a level not told. 0: not known.
type code uint32

// codeOf reads 6-18-02-04, 6-18 or 6-18-00-00; 0 for anything else.
func codeOf(text string) code {
	if text == "" {
		return 0
	}
	var c code
	level := 0
	for part := range strings.SplitSeq(text, "-") {
		n, err := strconv.ParseUint(part, 10, 8)
		if err != nil || level == 4 {
			return 0
		}
		c |= code(n) << (24 - 8*level)
		level++
	}
	return c
}

// String writes all four parts.
func (c code) String() string {
	return fmt.Sprintf("%d-%02d-%02d-%02d", c>>24, c>>16&255, c>>8&255, c&255)
}

// depth is how many levels are told.
func (c code) depth() int {
	for n := range 4 {
		if c>>(24-8*n)&255 == 0 {
			return n
		}
	}
	return 4
}

// up is the class above at a level, 1 to 4.
func (c code) up(level int) code { return c >> (32 - 8*level) << (32 - 8*level) }

// common is the level of the lowest class two occupations share: 4 the same occupation, 3 a small class, 2, 1, 0 none.
// Equal codes of a class are the same: 普工 is coded 6-00-00-00, and some small classes are one occupation.
func common(a, b code) int {
	if a == b && a != 0 {
		return 4
	}
	return min(bits.LeadingZeros32(uint32(a^b))/8, a.depth(), b.depth())
}

// forbidden are the classes whose work is forbidden to people under 18 (未成年工特殊保护规定 第三条：矿山井下及地面采石、易燃易爆、
// 森林伐木流放守林、潜水、地质勘探野外作业、高处作业、锻造等).
var forbidden = []code{
	codeOf("6-16-01"), codeOf("6-16-02"), codeOf("6-11-09"), codeOf("5-02-04"), codeOf("5-02-03-01"), codeOf("5-04-02-03"),
	codeOf("4-08-07"), codeOf("6-29-01-05"), codeOf("6-29-02-07"), codeOf("6-30-04-04"), codeOf("6-18-02-02"),
}

func (c code) hazardous() bool {
	for _, f := range forbidden {
		if c.up(f.depth()) == f {
			return true
		}
	}
	return false
}
