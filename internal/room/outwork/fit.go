package outwork

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jiuye/internal/ground/lang"
	"jiuye/internal/register/person"
)

// legalAge is the age below which nobody may be recruited (《劳动法》第十五条).
const legalAge = 16

// reason speaks for or against sending somebody.
type reason struct {
	For    bool
	Zh, En string
}

// fits says how well somebody fits a batch: a score for the order of a list, and the reasons. It asks for work, will and wishes; sex,
// ethnicity, registration and age beyond the legal one change nothing.
func fits(b *Batch, f *person.Facts, need *person.Need, on time.Time) (score int, why []reason) {
	say := func(points int, zh, en string) {
		score += points
		why = append(why, reason{points > 0, zh, en})
	}
	same := func(text string) bool {
		return text != "" && b.Occupation != "" && (strings.Contains(text, b.Occupation) || strings.Contains(b.Occupation, text))
	}
	if i := slices.IndexFunc(f.Spells, func(s person.Spell) bool { return same(s.Occupation) }); i >= 0 {
		say(30, "做过"+f.Spells[i].Occupation, "has worked as "+f.Spells[i].Occupation)
	}
	if slices.ContainsFunc(f.Certificates, func(x person.Certificate) bool { return same(x.Occupation) }) {
		say(20, "有"+b.Occupation+"证书", "holds a certificate")
	}
	if slices.ContainsFunc(f.Trainings, func(x person.Training) bool { return same(x.Occupation) }) {
		say(10, "参加过"+b.Occupation+"培训", "was trained for it")
	}
	if reg := f.Registered(on); reg != nil {
		if same(reg.Occupation) {
			say(20, "登记的求职意向是"+reg.Occupation, "looks for such work")
		}
		if reg.Pay > 0 && b.PayHigh > 0 && reg.Pay > b.PayHigh {
			say(-15, fmt.Sprintf("期望月薪 %s 元，高于 %s 元", lang.Int(reg.Pay/100), lang.Int(b.PayHigh/100)), "wishes for more pay")
		}
		say(5, "正在登记失业", "registered unemployed")
	}
	n := 0
	for _, s := range f.Spells {
		if s.Kind == person.Transfer {
			n++
		}
	}
	if n > 0 {
		say(15, fmt.Sprintf("外出务工过 %d 次", n), fmt.Sprintf("has worked away %d times", n))
	}
	if need != nil {
		switch need.Place {
		case "outside":
			say(25, "愿意到自治区外", "would leave the region")
		case "region":
			if b.PlaceCode != "" {
				say(25, "愿意到其他盟市", "would go to another league")
			} else {
				say(-10, "只愿意在区内", "would stay in the region")
			}
		case "league", "banner", "village":
			if b.PlaceCode == "" {
				say(-20, "希望就近就业", "wishes to stay near")
			}
		}
		if same(need.Occupation) || same(need.Skill) {
			say(20, "入户时说想做"+need.Occupation, "said so at the visit")
		}
		if o, ok := person.ChoiceOf(person.NeedObstacles, need.Obstacle); ok && o.Code != "none" {
			say(-10, o.Zh, o.En)
		}
	}
	return score, why
}
