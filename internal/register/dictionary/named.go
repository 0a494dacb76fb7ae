package dictionary

import (
	"jiuye/internal/engine/rule"
	"jiuye/internal/register/area"
)

// placeName is an area code in one of a dictionary's fields as people know it: 152921100 is 阿拉善盟阿拉善左旗巴彦浩特镇, in an English
// sentence its own name.
func placeName(place int) func(field int, code string) rule.Word {
	return func(field int, code string) rule.Word {
		if field != place || !area.Exists(code) {
			return rule.Word{}
		}
		return rule.Word{Zh: area.FullName(code), En: area.Name(code)}
	}
}
