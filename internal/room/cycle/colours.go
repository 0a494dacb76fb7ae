package cycle

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/ground/paper"
	"jiuye/internal/register/area"
	"jiuye/internal/register/area/refdata"
)

// The map's size in its own units, and how many points of the picture each is.
const (
	mapWide  = 440
	mapHigh  = 340
	mapScale = 2
)

// shades are the five classes from few to many.
var shades = []color.RGBA{{221, 232, 238, 255}, {178, 204, 217, 255}, {127, 170, 192, 255}, {74, 130, 160, 255}, {31, 86, 118, 255}}

var (
	blank  = color.RGBA{243, 243, 240, 255}
	border = color.RGBA{90, 96, 102, 255}
)

// colours is the map of the areas below, coloured by the share of their targets (where there are none, by the number) and numbered; the
// legend says which number is whom. Nil where there is no map.
func colours(f *Facts) (*paper.Picture, string) {
	level := area.Level(f.Area) + 1
	shapes := refdata.MapOf(f.Area, level, mapWide, mapHigh)
	if len(shapes) == 0 || level > area.Banner {
		return nil, ""
	}
	img := image.NewRGBA(image.Rect(0, 0, mapWide*mapScale, mapHigh*mapScale))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	class, value := f.classes()
	var legend []string
	for _, s := range shapes {
		edges := outline(s.D)
		paint(img, edges, fillOf(class, s.Code))
		for _, e := range edges {
			stroke(img, e)
		}
	}
	for i, s := range shapes {
		ink := color.RGBA{0, 0, 0, 255}
		if s.D == "" { // a zone without boundary
			disc(img, int(s.CX*mapScale), int(s.CY*mapScale), fillOf(class, s.Code))
		}
		if class[s.Code] >= 3 {
			ink = color.RGBA{255, 255, 255, 255}
		}
		digits(img, strconv.Itoa(i+1), int(s.CX*mapScale), int(s.CY*mapScale), ink)
		legend = append(legend, fmt.Sprintf("%d %s %s", i+1, area.Short(s.Code), orElse(value[s.Code], "没有数据")))
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil { // never fails into memory
		return nil, ""
	}
	what := "城镇新增就业完成本地目标的比例"
	if !slices.ContainsFunc(f.Places, func(p Place) bool { return p.Target > 0 }) {
		what = "城镇新增就业人数"
	}
	text := "图：各地" + what + "，颜色越深越高。" + strings.Join(legend, "，") + "。"
	return &paper.Picture{PNG: b.Bytes(), Width: 120, Alt: text}, text
}

// fillOf is an area's colour.
func fillOf(class map[string]int, code string) color.RGBA {
	if n, known := class[code]; known {
		return shades[n]
	}
	return blank
}

// disc stands for an area without boundary.
func disc(img *image.RGBA, cx, cy int, fill color.RGBA) {
	const radius = 22
	for x := -radius; x <= radius; x++ {
		for y := -radius; y <= radius; y++ {
			switch d := x*x + y*y; {
			case d > radius*radius:
			case d > (radius-2)*(radius-2):
				img.SetRGBA(cx+x, cy+y, border)
			default:
				img.SetRGBA(cx+x, cy+y, fill)
			}
		}
	}
}

// classes sorts the areas below into five shades, and tells each one's value in words.
func (f *Facts) classes() (class map[string]int, value map[string]string) {
	class, value = map[string]int{}, map[string]string{}
	levels := map[string]float64{}
	targets := slices.ContainsFunc(f.Places, func(p Place) bool { return p.Target > 0 })
	low, high := math.Inf(1), math.Inf(-1)
	for i := range f.Places {
		p := &f.Places[i]
		switch {
		case targets && p.Target > 0:
			levels[p.Code], value[p.Code] = p.share(), tenth(p.thousandths())+"%"
		case !targets && p.Has:
			levels[p.Code], value[p.Code] = float64(p.Now["new_urban"]), strconv.FormatInt(p.Now["new_urban"], 10)+" 人"
		}
		if v, known := levels[p.Code]; known {
			low, high = min(low, v), max(high, v)
		}
	}
	for code, v := range levels {
		class[code] = len(shades) / 2
		if high > low {
			class[code] = min(len(shades)-1, int((v-low)/(high-low)*float64(len(shades))))
		}
	}
	return class, value
}

// edge is a stretch of a border, in points of the picture.
type edge struct{ x1, y1, x2, y2 float64 }

// outline reads the paths that refdata writes: Mx,yldx,dy…z.
func outline(d string) (out []edge) {
	for _, ring := range strings.Split(d, "z") {
		var x, y, firstX, firstY float64
		for i, step := range strings.FieldsFunc(ring, func(r rune) bool { return r == 'M' || r == 'l' }) {
			a, b, _ := strings.Cut(step, ",")
			dx, _ := strconv.ParseFloat(a, 64)
			dy, _ := strconv.ParseFloat(b, 64)
			dx, dy = dx*mapScale, dy*mapScale
			if i == 0 {
				x, y, firstX, firstY = dx, dy, dx, dy
				continue
			}
			out = append(out, edge{x, y, x + dx, y + dy})
			x, y = x+dx, y+dy
		}
		if x != firstX || y != firstY {
			out = append(out, edge{x, y, firstX, firstY})
		}
	}
	return out
}

// paint fills what borders enclose, by the even-odd rule.
func paint(img *image.RGBA, edges []edge, fill color.RGBA) {
	for y := range img.Rect.Max.Y {
		at := float64(y) + .5
		var cuts []float64
		for _, e := range edges {
			if (e.y1 <= at) != (e.y2 <= at) {
				cuts = append(cuts, e.x1+(at-e.y1)/(e.y2-e.y1)*(e.x2-e.x1))
			}
		}
		slices.Sort(cuts)
		for i := 0; i+1 < len(cuts); i += 2 {
			for x := int(cuts[i] + .5); float64(x)+.5 <= cuts[i+1]; x++ {
				img.SetRGBA(x, y, fill)
			}
		}
	}
}

// stroke draws a border.
func stroke(img *image.RGBA, e edge) {
	n := int(max(abs(e.x2-e.x1), abs(e.y2-e.y1))) + 1
	for i := range n + 1 {
		t := float64(i) / float64(n)
		img.SetRGBA(int(e.x1+t*(e.x2-e.x1)), int(e.y1+t*(e.y2-e.y1)), border)
	}
}

func abs(v float64) float64 { return max(v, -v) }

// glyphs are the ten digits, three wide and five high, row by row.
var glyphs = [10]uint16{0b111_101_101_101_111, 0b010_110_010_010_111, 0b111_001_111_100_111, 0b111_001_111_001_111, 0b101_101_111_001_001, 0b111_100_111_001_111, 0b111_100_111_101_111, 0b111_001_001_001_001, 0b111_101_111_101_111, 0b111_101_111_001_111}

// digits writes a number around a point; a font with Chinese letters would be larger than the program.
func digits(img *image.RGBA, text string, cx, cy int, ink color.RGBA) {
	const dot = 5
	left := cx - (len(text)*4-1)*dot/2
	for i, c := range text {
		for bit := range 15 {
			if glyphs[c-'0']>>(14-bit)&1 == 0 {
				continue
			}
			x, y := left+(i*4+bit%3)*dot, cy-5*dot/2+bit/3*dot
			for dx := range dot {
				for dy := range dot {
					img.SetRGBA(x+dx, y+dy, ink)
				}
			}
		}
	}
}
