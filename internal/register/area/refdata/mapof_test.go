package refdata

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var command = regexp.MustCompile(`([Mlz])(?:(-?[0-9.]+),(-?[0-9.]+))?`)

// corners returns the points of a path in whole tenths, ring by ring, and fails on anything but M, l and z.
func corners(t *testing.T, d string) [][][2]int {
	t.Helper()
	if rest := command.ReplaceAllString(d, ""); rest != "" {
		t.Fatalf("path holds %q", rest)
	}
	tenth := func(s string) int {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return int(math.Round(v * 10))
	}
	var rings [][][2]int
	at := [2]int{}
	for _, c := range command.FindAllStringSubmatch(d, -1) {
		switch c[1] {
		case "M":
			at = [2]int{tenth(c[2]), tenth(c[3])}
			rings = append(rings, [][2]int{at})
		case "l":
			at = [2]int{at[0] + tenth(c[2]), at[1] + tenth(c[3])}
			rings[len(rings)-1] = append(rings[len(rings)-1], at)
		}
	}
	return rings
}

func TestALeaderSeesEveryAreaInsideTheMap(t *testing.T) {
	for _, c := range []struct {
		parent        string
		level         int
		width, height float64
		shapes, dots  int
	}{
		{"15", League, 720, 560, 12, 0},
		{"15", Banner, 720, 560, 108, 5},
		{"15", Banner, 340, 300, 108, 5},
		{"1529", Banner, 510, 420, 4, 1},
		{"1503", Banner, 900, 900, 3, 0},
		{"152921", Banner, 300, 200, 1, 0},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			shapes := MapOf(c.parent, c.level, c.width, c.height)
			dots, last := 0, ""
			for _, s := range shapes {
				if s.CX < 0 || s.CX > c.width || s.CY < 0 || s.CY > c.height || s.Name == "" || s.Code <= last {
					t.Errorf("%s %s: label at %v, %v", s.Code, s.Name, s.CX, s.CY)
				}
				last = s.Code
				if s.D == "" {
					dots++
					continue
				}
				for _, ring := range corners(t, s.D) {
					for _, p := range ring {
						if p[0] < 79 || p[0] > int(c.width*10)-79 || p[1] < 79 || p[1] > int(c.height*10)-79 {
							t.Errorf("%s %s: %v is in the margin", s.Code, s.Name, p)
						}
					}
				}
			}
			if len(shapes) != c.shapes || dots != c.dots {
				t.Errorf("%d shapes with %d dots, want %d with %d", len(shapes), dots, c.shapes, c.dots)
			}
		})
	}
}

// On the smallest phone a city district is still a surface, not a line.
func TestNoBannerVanishesOnASmallMap(t *testing.T) {
	for _, s := range MapOf("1502", Banner, 320, 320) {
		if s.D == "" {
			continue
		}
		most := 0
		for _, ring := range corners(t, s.D) {
			most = max(most, len(ring))
		}
		if most < 3 {
			t.Errorf("%s %s has %d corners", s.Code, s.Name, most)
		}
	}
}

func TestDrawnNeighboursLeaveNoGap(t *testing.T) {
	type edge [2][2]int
	used := map[edge]int{}
	for _, s := range MapOf("1529", Banner, 510, 420) {
		for _, ring := range corners(t, s.D) {
			for i, a := range ring {
				b := ring[(i+1)%len(ring)]
				if b[0] < a[0] || b[0] == a[0] && b[1] < a[1] {
					a, b = b, a
				}
				used[edge{a, b}]++
			}
		}
	}
	outline := map[edge]int{}
	for _, s := range MapOf("1529", League, 510, 420) {
		for _, ring := range corners(t, s.D) {
			for i, a := range ring {
				b := ring[(i+1)%len(ring)]
				if b[0] < a[0] || b[0] == a[0] && b[1] < a[1] {
					a, b = b, a
				}
				outline[edge{a, b}]++
			}
		}
	}
	if len(outline) < 50 {
		t.Errorf("the league's outline has %d edges", len(outline))
	}
	for e, n := range used {
		if n%2 != outline[e]%2 {
			t.Errorf("edge %v: %d banners, %d outlines", e, n, outline[e])
		}
	}
}

func TestTheMapIsLightEnoughForAPage(t *testing.T) {
	bytes := 0
	for _, s := range MapOf("15", Banner, 720, 560) {
		bytes += len(s.D)
	}
	if bytes > 100_000 {
		t.Errorf("the map of all banners takes %d bytes, limit 100,000", bytes)
	}
	t.Logf("%d bytes", bytes)
}

func TestNorthIsUpAndEastIsRight(t *testing.T) {
	at := map[string]Shape{}
	for _, s := range MapOf("15", League, 720, 560) {
		at[s.Code] = s
	}
	alxa, hulunbuir := at["1529"], at["1507"]
	if alxa.CX >= hulunbuir.CX || alxa.CY <= hulunbuir.CY {
		t.Errorf("阿拉善盟 at %v, %v and 呼伦贝尔市 at %v, %v", alxa.CX, alxa.CY, hulunbuir.CX, hulunbuir.CY)
	}
}

func TestNothingIsDrawnWhereThereIsNothingToDraw(t *testing.T) {
	for _, c := range []struct {
		parent        string
		level         int
		width, height float64
	}{
		{"", Banner, 500, 500}, {"11", Banner, 500, 500}, {"152971", Banner, 500, 500}, {"152921", League, 500, 500},
		{"1529", Township, 500, 500}, {"152921214", Banner, 500, 500}, {"15", Banner, 10, 10}, {"15", Banner, math.NaN(), 5},
	} {
		if shapes := MapOf(c.parent, c.level, c.width, c.height); len(shapes) > 0 {
			t.Errorf("%+v: %d shapes, first %s", c, len(shapes), strings.TrimSpace(shapes[0].Name))
		}
	}
}

func BenchmarkMapOfTheRegion(b *testing.B) {
	for b.Loop() {
		MapOf("15", Banner, 720, 560)
	}
}
