package account

import (
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// Places are the areas that somebody may choose in a form: their own and what lies under it, down to banners.
func Places(own string) (list []web.Option) {
	if area.Level(own) > area.Banner {
		return nil
	}
	list = append(list, web.Option{Value: own, Text: area.FullName(own)})
	if area.Level(own) == area.Banner {
		return list
	}
	for _, a := range area.Children(own) {
		list = append(list, Places(a.Code)...)
	}
	return list
}
