package policy

import (
	"net/http"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/dictionary"
)

// 匿名试算: whoever has no account answers a dozen questions and gets the same answers of the same rules. Nothing of it is
// stored, and it comes by POST, so that no answer stands in an address.

type tryData struct {
	mineData
	Done      bool
	Unit      bool
	First     []string // names of the questions to begin with
	More      []string // names of those that would settle what is still open
	Groups    bool
	Undecided int
}

func (r *Room) try(c *web.Ctx) error     { return r.questionnaire(c, false) }
func (r *Room) tryUnit(c *web.Ctx) error { return r.questionnaire(c, true) }

// most is how many more questions are asked at once.
const most = 6

func (r *Room) questionnaire(c *web.Ctx, unit bool) error {
	if err := r.refresh(c.Context()); err != nil {
		return err
	}
	q := questionsFor(unit, r.library)
	policies := r.catalogue().people
	if unit {
		policies = r.catalogue().employers
	}
	posted := c.R.Method == http.MethodPost
	asked := q.first
	if posted {
		asked = append(append([]int{}, q.first...), q.carried(c.Form().Values)...)
	}
	form := c.Form(q.fields(c, asked)...)
	data := tryData{Unit: unit, First: q.names(q.first), Groups: len(q.groups) > 0}
	if posted {
		facts := q.read(form, asked, rule.DayOf(r.Clock.Today()))
		if form.OK() {
			on := rule.DayOf(r.Clock.Today())
			data.mineData, data.Done, data.Undecided = r.cards(c, policies, facts, on), true, 0
			more := q.open(explain(policies, facts, on), asked)
			data.Undecided = len(data.Ask)
			asked = append(asked, more...)
			data.More = q.names(asked[len(q.first):])
			form.Fields = q.fields(c, asked)
			if !unit {
				data.Signin = "/signin?next=/policy/mine"
			}
		}
	}
	page := web.Page{Title: c.T("policy.try"), Lede: c.T("policy.tryLede"), Data: data, Form: form, Public: true}
	if unit {
		page.Title = c.T("policy.tryUnit")
	}
	return c.Render("policy/try", page)
}

// firstOfPerson are the questions a stranger is asked first; groups of people are ticked in one list.
var (
	firstOfPerson = []int{dictionary.Birth, dictionary.Sex, dictionary.Area, dictionary.Rural, dictionary.Employment, dictionary.RegisteredSince,
		dictionary.Graduated, dictionary.Education, dictionary.Founder, dictionary.Able, dictionary.Trained}
	groupsOfPerson = []int{dictionary.Hard, dictionary.LowIncome, dictionary.Veteran, dictionary.Disabled, dictionary.OutOfPoverty, dictionary.Destitute,
		dictionary.Displaced, dictionary.Zero, dictionary.Student}
	firstOfUnit = []int{dictionary.UnitKind, dictionary.UnitOpened, dictionary.UnitArea, dictionary.Jobs, dictionary.JobsBefore, dictionary.JobsInsured,
		dictionary.Insured, dictionary.JobsPoor, dictionary.InternUnit, dictionary.Distressed, dictionary.TrainingKinds, dictionary.CarrierLevel}
)
