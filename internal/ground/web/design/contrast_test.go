package design_test

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"jiuye/internal/ground/web/webtest"
)

// luminance is the relative luminance of a colour #rrggbb (WCAG 2.2).
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) == 4 {
		hex = "#" + string([]byte{hex[1], hex[1], hex[2], hex[2], hex[3], hex[3]})
	}
	var sum float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		v := float64(n) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}

func TestColoursAreTold(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(webtest.Root(t), "web", "scss", "_tokens.scss"))
	if err != nil {
		t.Fatal(err)
	}
	colour := map[string]string{"white": "#ffffff"}
	for _, m := range regexp.MustCompile(`--jy-([a-z0-9-]+): (#[0-9a-f]{3,6});`).FindAllStringSubmatch(string(raw), -1) {
		colour[m[1]] = m[2]
	}
	for _, c := range []struct {
		front, back string
		least       float64
	}{
		{"ink", "paper", 4.5}, {"ink-2", "paper", 4.5}, {"ink-2", "white", 4.5}, {"ink-2", "wash", 4.5}, {"ink-3", "white", 4.5},
		{"link", "white", 4.5}, {"link", "paper", 4.5}, {"link", "brand-tint", 4.5}, {"white", "brand", 4.5}, {"white", "brand-deep", 4.5}, {"brand", "brand-tint", 4.5},
		{"ok", "ok-tint", 4.5}, {"warn", "warn-tint", 4.5}, {"stop", "stop-tint", 4.5}, {"stop", "white", 4.5}, {"warn", "white", 4.5}, {"ok", "white", 4.5},
		{"white", "grade-red", 4.5}, {"white", "grade-blue", 4.5}, {"white", "s5", 4.5}, {"white", "s4", 4.5}, {"ink", "s1", 4.5}, {"ink", "s2", 4.5}, {"ink", "s3", 4.5},
		{"field", "white", 3}, {"field", "paper", 3}, {"c1", "white", 3}, {"c2", "white", 3}, {"c3", "white", 3}, {"c4", "white", 3}, {"c5", "white", 3}, {"c1", "back", 3},
	} {
		if colour[c.front] == "" || colour[c.back] == "" {
			t.Errorf("no colour %s or %s", c.front, c.back)
			continue
		}
		a, b := luminance(t, colour[c.front]), luminance(t, colour[c.back])
		if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < c.least {
			t.Errorf("%s on %s has a contrast of %.2f, needs %.1f", c.front, c.back, ratio, c.least)
		}
	}
}
