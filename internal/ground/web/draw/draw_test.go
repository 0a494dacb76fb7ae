package draw_test

import (
	"encoding/xml"
	"html/template"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiuye/internal/ground/web/draw"
)

// sound fails the test when a picture is no well-formed XML or holds a number that is none, or an inline style.
func sound(t rapid.TB, picture template.HTML) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader("<x>" + string(picture) + "</x>"))
	for {
		_, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v in %s", err, picture)
		}
	}
	for _, bad := range []string{"NaN", "Inf", "style=", "<script"} {
		if strings.Contains(string(picture), bad) {
			t.Fatalf("%s in %s", bad, picture)
		}
	}
}

func TestABarEndsAtItsEnds(t *testing.T) {
	for _, c := range []struct {
		done, due any
		want      string
	}{
		{9830, 9460, `width="98.3%" height="8"`}, {int64(12000), 10000, `width="100%" height="8"`}, {-5, 0, `width="0%"`}, {nil, nil, `width="0%"`}, {6200.0, 8000, `x="80%"`},
	} {
		got := draw.Pace(c.done, c.due, false)
		if sound(t, got); !strings.Contains(string(got), c.want) {
			t.Errorf("Pace(%v, %v) = %s, want %s", c.done, c.due, got, c.want)
		}
	}
	if got := draw.Bar(1, 0); !strings.Contains(string(got), `width="0%"`) {
		t.Errorf("part of nothing: %s", got)
	}
	if got := draw.Pace(1, 2, true); !strings.Contains(string(got), "jy-pace__behind") {
		t.Errorf("behind is not told: %s", got)
	}
}

func TestNamesCannotBreakOut(t *testing.T) {
	evil := `<script>"'&甲`
	sound(t, draw.Bars([]draw.Row{{Name: evil, Text: evil, Href: evil, Value: 1}}))
	sound(t, draw.Map(draw.Choropleth{Label: evil, View: [4]float64{0, 0, 10, 10}, Enter: evil, Legend: []string{evil}, Shapes: []draw.Shape{{Name: evil, D: evil, Value: evil, Href: evil, CX: 5, CY: 5}, {Name: evil, CX: 2, CY: 2}}}))
	sound(t, draw.Line(draw.Chart{Label: evil, X: []string{evil, "2"}, Actual: []float64{1, 2}, Words: draw.ChartWords{Actual: evil, Table: evil}}))
	sound(t, draw.Verdict("yes", evil))
	sound(t, draw.Grade(evil, evil))
	sound(t, draw.Swatch(evil))
}

func TestPicturesOfAnyNumbersAreSound(t *testing.T) {
	number := rapid.Float64Range(-1e9, 1e9)
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(number, 0, 24).Draw(t, "values")
		sound(t, draw.Spark(values))
		x := make([]string, len(values)+4)
		forecast := rapid.SliceOfN(number, 0, 5).Draw(t, "forecast")
		sound(t, draw.Line(draw.Chart{X: x, Actual: values, Forecast: forecast, Low: forecast, High: forecast, Target: number.Draw(t, "target")}))
		sound(t, draw.Days(rapid.IntRange(-5, 100).Draw(t, "used"), rapid.IntRange(-5, 100).Draw(t, "total"), true))
	})
}

func TestNamesOnAMapDoNotLieOnEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		place := rapid.Float64Range(0, 1000)
		var shapes []draw.Shape
		for i := range rapid.IntRange(1, 60).Draw(t, "areas") {
			s := draw.Shape{Name: "阿拉善左旗", Value: "101.2%", CX: place.Draw(t, "x"), CY: place.Draw(t, "y"), Class: 1 + i%5}
			if i%4 > 0 {
				s.D = "M0 0H10V10Z"
			}
			shapes = append(shapes, s)
		}
		picture := draw.Map(draw.Choropleth{View: [4]float64{0, 0, 1000, 1000}, Shapes: shapes})
		sound(t, picture)
		var at [][2]float64
		for _, m := range nameAt(string(picture)) {
			for _, other := range at {
				if math.Abs(m[0]-other[0]) < 50 && math.Abs(m[1]-other[1]) < 30 {
					t.Fatalf("names at %v and %v", m, other)
				}
			}
			at = append(at, m)
		}
		if strings.Count(string(picture), "101.2%</span>") != len(shapes) {
			t.Fatal("the list below the map does not name every area")
		}
	})
}

// nameAt finds where the names of a map stand.
func nameAt(picture string) [][2]float64 {
	var found [][2]float64
	d := xml.NewDecoder(strings.NewReader("<x>" + picture + "</x>"))
	for {
		token, err := d.Token()
		if err != nil {
			return found
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "text" {
			var p [2]float64
			for _, a := range e.Attr {
				switch a.Name.Local {
				case "x":
					p[0] = parse(a.Value)
				case "y":
					p[1] = parse(a.Value)
				}
			}
			found = append(found, p)
		}
	}
}

func parse(s string) float64 {
	v, _ := strconv.ParseFloat(s, 64)
	return v
}

func TestANameStandsInsideItsArea(t *testing.T) {
	// an L: its centre of gravity lies outside of it, the room is in the foot
	picture := string(draw.Map(draw.Choropleth{View: [4]float64{0, 0, 400, 300}, Shapes: []draw.Shape{{Name: "阿拉善左旗", Value: "799", Class: 5, CX: 150, CY: 120, D: "M20,20h40v180h300v80H20z"}}}))
	at := nameAt(picture)
	if len(at) != 1 || at[0][1] < 200 || at[0][1] > 280 || at[0][0] < 55 || at[0][0] > 325 {
		t.Errorf("the name stands at %v", at)
	}
}

func TestACrowdedMapNamesOnlyWhatHasRoomAndFoldsItsList(t *testing.T) {
	var shapes []draw.Shape
	for i := range 40 {
		size := "h20v20h-20z"
		if i == 7 {
			size = "h120v60h-120z"
		}
		x, y := float64(i%8)*48, float64(i/8)*80
		shapes = append(shapes, draw.Shape{Name: "鄂托克前旗", Value: "3.1%", Class: 1 + i%5, CX: x + 10, CY: y + 10, D: "M" + strconv.Itoa(int(x)) + "," + strconv.Itoa(int(y)) + size})
	}
	picture := draw.Map(draw.Choropleth{View: [4]float64{0, 0, 480, 400}, Shapes: shapes, More: "全部 40 个"})
	if sound(t, picture); len(nameAt(string(picture))) != 1 || !strings.Contains(string(picture), "<summary>全部 40 个</summary>") {
		t.Errorf("%d names, want the one with room: %s", len(nameAt(string(picture))), picture)
	}
}

func FuzzPath(f *testing.F) {
	for _, d := range []string{"M0,0l10,0l0,10z", "M1-2 3.5.5z", "m0 0h5v5H0z", "C1 2", "M", "l--", "M1e9,2"} {
		f.Add(d)
	}
	f.Fuzz(func(t *testing.T, d string) {
		draw.Map(draw.Choropleth{View: [4]float64{0, 0, 100, 100}, Shapes: []draw.Shape{{Name: "旗", D: d, CX: 5, CY: 5}}})
	})
}
