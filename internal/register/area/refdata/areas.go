package refdata

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"sync"
)

// Level numbers of areas, from the region down.
const (
	Region   = 1 // 自治区
	League   = 2 // 盟市
	Banner   = 3 // 旗县(市、区), development zones included
	Township = 4 // 苏木乡镇(街道)
	Village  = 5 // 嘎查村(社区)
)

// Area is one administrative area.
type Area struct {
	Code   string // 2, 4, 6, 9 or 12 digits
	Name   string // in Chinese, as the statistics office writes it
	Parent string // the parent's code, empty for the region
	Level  int    // Region … Village
	// Lon and Lat are the centre in degrees for banners and upwards: the inner point farthest from the border, or a
	// development zone's approximate place. Both are 0 below the banner.
	Lon, Lat float64
}

//go:embed areas.txt.gz
var areasFile []byte

var areas = sync.OnceValue(func() []Area {
	points := shared().points
	list := make([]Area, 0, 16000)
	for line := range strings.Lines(unpack("areas.txt.gz", areasFile)) {
		code, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok {
			continue // the header
		}
		p := points[code].centre
		list = append(list, Area{Code: code, Name: name, Parent: parentOf(code), Level: LevelOf(code), Lon: p.Lon, Lat: p.Lat})
	}
	return list
})

// Areas returns every area in code order, so a parent comes before its children. The slice is shared: do not change it.
func Areas() []Area { return areas() }

// widths are the lengths of the codes by level.
var widths = [...]int{Region: 2, League: 4, Banner: 6, Township: 9, Village: 12}

// LevelOf tells a code's level by its length; 0 when no level has that length.
func LevelOf(code string) int {
	for level, width := range widths {
		if level > 0 && len(code) == width {
			return level
		}
	}
	return 0
}

func parentOf(code string) string {
	if level := LevelOf(code); level > Region {
		return code[:widths[level-1]]
	}
	return ""
}

// unpack reads an embedded gzip file. It panics when the file is damaged: then the build itself is.
func unpack(name string, packed []byte) string {
	zip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(fmt.Sprintf("refdata: %s: %v", name, err))
	}
	plain, err := io.ReadAll(zip)
	if err != nil {
		panic(fmt.Sprintf("refdata: %s: %v", name, err))
	}
	return string(plain)
}
