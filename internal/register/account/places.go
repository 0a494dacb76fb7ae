package account

import (
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// Places are the areas that somebody may choose in a form: their own and what lies under it, down to banners.
func Places(own string) (list []web.Option) {
	return within(own, false)
}

// Banners are the banners that somebody may choose in a form: all under an area, or the one it lies in.
func Banners(own string) (list []web.Option) {
	return within(area.At(own, area.Banner), true)
}

func within(top string, banners bool) (list []web.Option) {
	if area.Level(top) > area.Banner {
		return nil
	}
	if !banners || area.Level(top) == area.Banner {
		list = append(list, web.Option{Value: top, Text: area.FullName(top)})
	}
	if area.Level(top) == area.Banner {
		return list
	}
	for _, a := range area.Children(top) {
		list = append(list, within(a.Code, banners)...)
	}
	return list
}
