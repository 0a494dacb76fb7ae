package assignment

import (
	"net/http"
	"strconv"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// The page of one task, and of a new one.

type showData struct {
	Item                 Item
	Facts                []web.Pair
	State                tag
	Deadline             web.Deadline
	CanAnswer, CanJudge  bool
	CanTakeBack, Waiting bool
	Events               []web.Event
}

func (s *Service) show(c *web.Ctx) error {
	it, err := s.theItem(c)
	if err != nil {
		return err
	}
	return s.render(c, it, web.Page{Form: s.form(c, it)})
}

func (s *Service) theItem(c *web.Ctx) (Item, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Item{}, err
	}
	return s.Get(c.Context(), c.User, id)
}

// form asks for the answer, or for what the giver makes of it.
func (s *Service) form(c *web.Ctx, it Item) *web.Form {
	var fields []web.Field
	if it.State == Answered {
		fields = []web.Field{
			{Name: "verdict", Label: c.T("assignment.choice"), Kind: "choices", Need: true, Options: []web.Option{
				{Value: "accept", Text: c.T("assignment.accept"), Hint: c.T("assignment.acceptHint")},
				{Value: "return", Text: c.T("assignment.return"), Hint: c.T("assignment.returnHint")}}},
			{Name: "days", Label: c.T("assignment.newDays"), Hint: c.T("assignment.newDaysHint"), Kind: "number", Min: 1, Top: MostDays, Width: "4"},
			{Name: "text", Label: c.T("assignment.opinion"), Hint: c.T("assignment.opinionHint"), Kind: "textarea", Max: 1000, Rows: 3}}
	} else {
		var results []web.Option
		for _, r := range s.kinds[it.Kind].results() {
			results = append(results, web.Option{Value: r.Code, Text: s.kinds[it.Kind].resultName(c.Lang, r.Code)})
		}
		fields = []web.Field{
			{Name: "result", Label: c.T("assignment.result"), Kind: "radios", Need: true, Options: results, Inline: true},
			{Name: "text", Label: c.T("assignment.text"), Hint: c.T("assignment.textHint"), Kind: "textarea", Need: true, Max: 1000, Rows: 4}}
	}
	f := c.Form(fields...)
	f.Set("days", "5")
	f.SetVersion(it.Version)
	return f
}

func (s *Service) render(c *web.Ctx, it Item, page web.Page) error {
	if it.PersonID != 0 {
		if err := s.Audit.Note(c.Context(), entry(c.User, "read", &it, "查看了交办："+s.kinds[it.Kind].Zh)); err != nil {
			return err
		}
	}
	k, today := s.kinds[it.Kind], s.Clock.Today()
	data := showData{Item: it, State: stateTag(c, it.State), Deadline: deadline(c, &it, today), Waiting: it.State.Due(),
		CanAnswer: it.State.Due() && mayAnswer(c.User, &it) == nil, CanJudge: it.State == Answered && mayJudge(c.User, &it) == nil,
		CanTakeBack: it.State.Due() && mayJudge(c.User, &it) == nil}
	data.Facts = []web.Pair{{Key: c.T("assignment.kind"), Value: k.name(c.Lang)}, {Key: c.T("assignment.from"), Value: area.FullName(it.From), Note: it.ByName},
		{Key: c.T("assignment.to"), Value: area.FullName(it.To)}, {Key: c.T("assignment.givenOn"), Value: it.GivenOn.String()},
		{Key: c.T("assignment.deadline"), Value: it.Deadline.String()}}
	if !it.Answered.IsZero() {
		note := c.T("assignment.inTime")
		if it.Late {
			note = c.T("assignment.wasLate")
		}
		data.Facts = append(data.Facts, web.Pair{Key: c.T("assignment.answeredOn"), Value: it.Answered.String(), Note: note},
			web.Pair{Key: c.T("assignment.result"), Value: k.resultName(c.Lang, it.Result)})
	}
	if it.Returns > 0 {
		data.Facts = append(data.Facts, web.Pair{Key: c.T("assignment.returned"), Value: c.T("assignment.times", it.Returns)})
	}
	for _, st := range it.Steps {
		text := c.T("assignment.step." + st.What)
		if st.Result != "" {
			text += "（" + k.resultName(c.Lang, st.Result) + "）"
		}
		if st.Text != "" {
			text += c.T("assignment.colon") + st.Text
		}
		data.Events = append(data.Events, web.Event{When: st.At.Format("2006-01-02 15:04"), ISO: st.At.Format("2006-01-02T15:04:05Z07:00"), Text: text, Note: st.ByName})
	}
	page.Title, page.Data, page.Nav = it.Title, data, atList
	page.Crumbs = []web.Crumb{{Text: c.T("assignment.title"), Href: atList}, {Text: it.Title}}
	return c.Render("assignment/show", page)
}

// after sends the browser on, or shows the task as it is now with what was typed still in the form.
func (s *Service) after(c *web.Ctx, id int64, err error, flash string) error {
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Invalid) {
		it, again := s.theItem(c)
		if again != nil {
			return again
		}
		f := s.form(c, it)
		f.Values.Set("_version", strconv.FormatInt(it.Version, 10))
		f.Fail("", fault.TextOf(err))
		return s.render(c, it, web.Page{Form: f, Status: http.StatusConflict})
	}
	if err != nil {
		return err
	}
	c.Flash("ok", c.T(flash))
	return c.Redirect(Href(id))
}

func (s *Service) answer(c *web.Ctx) error {
	it, err := s.theItem(c)
	if err != nil {
		return err
	}
	if err := mayAnswer(c.User, &it); err != nil {
		return err
	}
	f := s.form(c, it)
	if !it.State.Due() {
		return s.after(c, it.ID, s.Answer(c.Context(), c.User, it.ID, f.Version(), f.Value("result"), f.Text("text"), c.Once()), "assignment.saved.answer")
	}
	result, text := f.Choice("result"), f.Text("text")
	if !f.OK() {
		return s.render(c, it, web.Page{Form: f})
	}
	return s.after(c, it.ID, s.Answer(c.Context(), c.User, it.ID, f.Version(), result, text, c.Once()), "assignment.saved.answer")
}

func (s *Service) judge(c *web.Ctx) error {
	it, err := s.theItem(c)
	if err != nil {
		return err
	}
	if err := mayJudge(c.User, &it); err != nil {
		return err
	}
	f := s.form(c, it)
	verdict, text := f.Value("verdict"), f.Text("text")
	if it.State == Answered {
		verdict = f.Choice("verdict")
		if verdict == "return" && text == "" && f.Error("text") == "" {
			f.Fail("text", c.T("assignment.needReason"))
		}
	}
	days := 0
	if verdict == "return" {
		days = int(f.Int("days"))
	}
	if !f.OK() {
		return s.render(c, it, web.Page{Form: f})
	}
	if verdict == "return" {
		return s.after(c, it.ID, s.Return(c.Context(), c.User, it.ID, f.Version(), days, text, c.Once()), "assignment.saved.return")
	}
	return s.after(c, it.ID, s.Accept(c.Context(), c.User, it.ID, f.Version(), text, c.Once()), "assignment.saved.accept")
}

func (s *Service) takeBack(c *web.Ctx) error {
	it, err := s.theItem(c)
	if err != nil {
		return err
	}
	return s.after(c, it.ID, s.Withdraw(c.Context(), c.User, it.ID, c.Form().Version(), "", c.Once()), "assignment.saved.withdraw")
}

// newForm asks what is to be sent, and where: down to the areas below, or up to those above.
func (s *Service) newForm(c *web.Ctx) *web.Form {
	var places []web.Option
	for up := area.Parent(c.User.Area); up != ""; up = area.Parent(up) {
		places = append(places, web.Option{Value: up, Text: c.T("assignment.upTo", area.Name(up))})
	}
	for _, a := range area.Children(c.User.Area) {
		places = append(places, web.Option{Value: a.Code, Text: c.T("assignment.downTo", a.Name)})
	}
	f := c.Form(
		web.Field{Name: "to", Label: c.T("assignment.toWhom"), Kind: "select", Need: true, Options: places},
		web.Field{Name: "title", Label: c.T("assignment.what"), Hint: c.T("assignment.titleHint"), Need: true, Max: 60, Width: "full"},
		web.Field{Name: "body", Label: c.T("assignment.body"), Hint: c.T("assignment.bodyHint"), Kind: "textarea", Need: true, Max: 2000, Rows: 5},
		web.Field{Name: "days", Label: c.T("assignment.workDays"), Hint: c.T("assignment.workDaysHint"), Kind: "number", Need: true, Min: 1, Top: MostDays, Width: "4"})
	f.Set("days", "10")
	return f
}

func (s *Service) newTask(c *web.Ctx) error { return s.renderNew(c, s.newForm(c)) }

func (s *Service) renderNew(c *web.Ctx, f *web.Form) error {
	return c.Render("assignment/new", web.Page{Title: c.T("assignment.new"), Lede: c.T("assignment.newLede"), Form: f, Nav: atList,
		Crumbs: []web.Crumb{{Text: c.T("assignment.title"), Href: atList}, {Text: c.T("assignment.new")}}})
}

func (s *Service) give(c *web.Ctx) error {
	f := s.newForm(c)
	t := Task{Kind: ByHand, From: c.User.Area, To: f.Choice("to"), Title: f.Text("title"), Body: f.Text("body"), WorkDays: int(f.Int("days")), By: c.User}
	if !f.OK() {
		return s.renderNew(c, f)
	}
	var id int64
	err := s.DB.Tx(c.Context(), func(tx *db.Tx) (err error) {
		if err := tx.Once(c.Context(), c.Once(), s.Clock.Now()); err != nil {
			return err
		}
		id, err = s.Give(c.Context(), tx, t)
		return err
	})
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("assignment.saved.give"))
	return c.Redirect(Href(id))
}
