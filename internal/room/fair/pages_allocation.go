package fair

import (
	"cmp"
	"slices"
	"strconv"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
)

type allocationRow struct {
	PersonID, VacancyID                                int64
	Code, Name, Time, Booth, Unit, Title, For, Against string
	Score                                              int
	State                                              tag
	Move                                               *web.Form
}

type allocationData struct {
	At      string
	Run     []web.Figure
	RunNote string
	Rows    []allocationRow
	Nobody  []web.Pair // registered, without an invitation: code and name
	Booths  []boothLoad
	Add     *web.Form
	Can     bool
	Unsent  int
	More    int
}

// boothLoad is how many a booth expects at its fullest time.
type boothLoad struct {
	Name, Number string
	People, Most int
}

// most is how many people are listed; the whole is in the export.
const mostListed = 200

// plan is the allocation in words: shared by the page and the export.
type allocationList struct {
	Rows    []Invite
	Visits  map[int64]Visit
	Names   map[int64]string
	Words   map[int64]wanted
	Nobody  []int64
	Slots   []int
	Started bool
	Run     Run
}

func (r *Room) allocated(c *web.Ctx, f *Fair) (out allocationList, err error) {
	ctx := c.Context()
	if out.Rows, err = invitesOf(ctx, r.DB, f.ID, 0); err != nil {
		return out, err
	}
	visits, err := visitsOf(ctx, r.DB, f.ID)
	if err != nil {
		return out, err
	}
	out.Visits, out.Slots = map[int64]Visit{}, slotsOf(f.From, f.To)
	ids := make([]int64, len(visits))
	for i, v := range visits {
		out.Visits[v.PersonID], ids[i] = v, v.PersonID
	}
	if out.Names, err = r.People.Names(ctx, ids); err != nil {
		return out, err
	}
	if out.Words, err = r.wordsFor(ctx, r.DB, f.ID, out.Rows); err != nil {
		return out, err
	}
	has := map[int64]bool{}
	for _, v := range out.Rows {
		has[v.PersonID] = true
	}
	for _, id := range ids {
		if !has[id] {
			out.Nobody = append(out.Nobody, id)
		}
	}
	slices.SortStableFunc(out.Rows, func(a, b Invite) int {
		return cmp.Or(cmp.Compare(out.Words[a.VacancyID].Number, out.Words[b.VacancyID].Number), cmp.Compare(a.Slot, b.Slot), cmp.Compare(b.Score, a.Score), cmp.Compare(a.PersonID, b.PersonID))
	})
	out.Run, out.Started, err = runOf(ctx, r.DB, f.ID)
	return out, err
}

// reasonsShown is how many reasons for and against the page has; the export has all.
const reasonsShown = 2

// saidFor are the first reasons for an invitation, and those against.
func saidFor(c *web.Ctx, v *Invite, most int) (yes, no string) {
	left := map[bool]int{true: most, false: most}
	for _, w := range v.Why {
		if left[w.For]--; left[w.For] < 0 {
			continue
		}
		text, to := w.Zh, &no
		if english(c) {
			text = w.En
		}
		if w.For {
			to = &yes
		}
		if *to != "" {
			*to += c.T("fair.semicolon")
		}
		*to += text
	}
	if yes == "" && v.Hand && len(v.Why) == 0 {
		yes = c.T("fair.byHand")
	}
	return yes, no
}

func slotOptions(slots []int) (list []web.Option) {
	for _, s := range slots {
		list = append(list, web.Option{Value: strconv.Itoa(s), Text: clockText(s)})
	}
	return list
}

func inviteState(c *web.Ctx, v *Invite) tag {
	switch {
	case v.SentAt != 0:
		return tag{"ok", c.T("fair.sent")}
	case v.Hand:
		return tag{"warn", c.T("fair.hand")}
	}
	return tag{"", c.T("fair.toSend")}
}

func (r *Room) allocation(c *web.Ctx) error {
	f, err := r.managed(c)
	if err != nil {
		return err
	}
	return r.renderAllocation(c, &f, nil)
}

func (r *Room) renderAllocation(c *web.Ctx, f *Fair, wrong *web.Form) error {
	list, err := r.allocated(c, f)
	if err != nil {
		return err
	}
	d := allocationData{At: deskAt(f.ID) + "/allocation", Can: f.Takes(r.today())}
	if list.Started {
		d.Run = []web.Figure{{Label: c.T("fair.f.registered"), Value: number(int64(len(list.Visits))), Unit: c.T("fair.u.people")}, {Label: c.T("fair.f.invited"), Value: number(int64(len(list.Visits) - len(list.Nobody))), Unit: c.T("fair.u.people")},
			{Label: c.T("fair.f.pairs"), Value: number(int64(len(list.Rows))), Unit: c.T("fair.u.pairs")}, {Label: c.T("fair.f.openings"), Value: number(int64(list.Run.Openings)), Unit: c.T("fair.u.posts")}}
		d.RunNote = c.T("fair.runNote", timeOf(list.Run.At), list.Run.ByName, list.Run.Crowded)
	}
	loads := map[int64]*boothLoad{}
	slot := map[[2]int64]map[int64]bool{}
	var order []int64
	for i := range list.Rows {
		v := &list.Rows[i]
		w := list.Words[v.VacancyID]
		if loads[v.EmployerID] == nil {
			loads[v.EmployerID] = &boothLoad{Name: w.Unit, Number: strconv.Itoa(w.Number)}
			order = append(order, v.EmployerID)
		}
		at := [2]int64{v.EmployerID, int64(v.Slot)}
		if slot[at] == nil {
			slot[at] = map[int64]bool{}
		}
		if !slot[at][v.PersonID] {
			slot[at][v.PersonID] = true
			loads[v.EmployerID].People++
			loads[v.EmployerID].Most = max(loads[v.EmployerID].Most, len(slot[at]))
		}
		if v.SentAt == 0 {
			d.Unsent++
		}
		if i >= mostListed {
			d.More++
			continue
		}
		row := allocationRow{PersonID: v.PersonID, VacancyID: v.VacancyID, Code: spaced(list.Visits[v.PersonID].Code), Name: identity.MaskName(list.Names[v.PersonID]), Time: clockText(v.Slot), Booth: strconv.Itoa(w.Number),
			Unit: w.Unit, Title: w.Title, Score: v.Score, State: inviteState(c, v)}
		row.For, row.Against = saidFor(c, v, reasonsShown)
		if d.Can {
			row.Move = blank(c.Form(web.Field{Name: "slot", Label: c.T("fair.slot"), Kind: "select", Options: slotOptions(list.Slots)}))
			row.Move.Set("slot", strconv.Itoa(v.Slot))
		}
		d.Rows = append(d.Rows, row)
	}
	for _, id := range order {
		d.Booths = append(d.Booths, *loads[id])
	}
	for _, id := range list.Nobody[:min(len(list.Nobody), mostListed)] {
		d.Nobody = append(d.Nobody, web.Pair{Key: spaced(list.Visits[id].Code), Value: identity.MaskName(list.Names[id])})
	}
	if d.Add, err = r.addForm(c, f, &list); err != nil {
		return err
	}
	page := web.Page{Title: c.T("fair.allocation"), Lede: f.Title + "　" + lang.Date(c.Lang, f.Day.Time), Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("fair.deskTitle"), Href: atDesk}, {Text: f.Title, Href: deskAt(f.ID)}}}
	if wrong != nil {
		d.Add, page.Form = wrong, wrong
	} else {
		blank(d.Add)
	}
	page.Data = d
	return c.Render("fair/allocation", page)
}

// addForm asks whom to invite where, by hand.
func (r *Room) addForm(c *web.Ctx, f *Fair, list *allocationList) (*web.Form, error) {
	stands, _, err := r.standsOf(c.Context(), f.ID)
	if err != nil {
		return nil, err
	}
	var choices []web.Option
	for id := range stands {
		w := list.Words[id]
		choices = append(choices, web.Option{Value: strconv.FormatInt(id, 10), Text: c.T("fair.standLine", w.Number, w.Unit, w.Title)})
	}
	slices.SortFunc(choices, func(a, b web.Option) int {
		return cmp.Or(cmp.Compare(len(a.Text), len(b.Text)), cmp.Compare(a.Text, b.Text), cmp.Compare(a.Value, b.Value))
	})
	return c.Form(web.Field{Name: "code", Label: c.T("fair.code"), Need: true, Max: 20, Width: "16", Auto: "off"}, web.Field{Name: "vacancy", Label: c.T("fair.vacancy"), Kind: "select", Need: true, Options: choices},
		web.Field{Name: "slot", Label: c.T("fair.slot"), Kind: "select", Options: append([]web.Option{{Text: c.T("fair.anySlot")}}, slotOptions(list.Slots)...)}), nil
}

// takeAllocation is everything that is posted on the allocation's page.
func (r *Room) takeAllocation(c *web.Ctx) error {
	f, err := r.managed(c)
	if err != nil {
		return err
	}
	person, _ := strconv.ParseInt(c.R.PostFormValue("person"), 10, 64)
	vacancy, _ := strconv.ParseInt(c.R.PostFormValue("vacancy"), 10, 64)
	said := c.T("fair.done.invite")
	switch c.R.PathValue("act") {
	case "run":
		run, failed := r.Allocate(c.Context(), c.User, f.ID, c.Once())
		said, err = c.T("fair.done.run", run.Seekers, run.Invited, run.Pairs), failed
	case "send":
		told, failed := r.Send(c.Context(), c.User, f.ID, c.Once())
		said, err = c.T("fair.done.send", told), failed
	case "drop":
		err = r.Uninvite(c.Context(), c.User, f.ID, person, vacancy, c.Once())
	case "move":
		slot, bad := strconv.Atoi(c.R.PostFormValue("slot"))
		if bad != nil {
			slot = -1
		}
		err = r.Invite(c.Context(), c.User, Invite{FairID: f.ID, PersonID: person, VacancyID: vacancy, Slot: slot}, c.Once())
	default:
		return r.takeAdd(c, &f)
	}
	if err != nil {
		return err
	}
	c.Flash("ok", said)
	return c.Redirect(deskAt(f.ID) + "/allocation")
}

func (r *Room) takeAdd(c *web.Ctx, f *Fair) error {
	list, err := r.allocated(c, f)
	if err != nil {
		return err
	}
	form, err := r.addForm(c, f, &list)
	if err != nil {
		return err
	}
	text, vacancy := form.Text("code"), form.Choice("vacancy")
	in := Invite{FairID: f.ID, Slot: -1}
	if s := form.Choice("slot"); s != "" {
		if in.Slot, err = strconv.Atoi(s); err != nil {
			return err
		}
	}
	if form.OK() {
		code, ok := readCode(text)
		if !ok {
			form.Fail("code", c.T("fair.wrong.code", codeLength))
		} else if in.PersonID, err = personOf(c.Context(), r.DB, f.ID, code); err != nil {
			return err
		} else if in.PersonID == 0 {
			form.Fail("code", c.T("fair.wrong.noCode"))
		}
	}
	if !form.OK() {
		return r.renderAllocation(c, f, form)
	}
	if in.VacancyID, err = strconv.ParseInt(vacancy, 10, 64); err != nil {
		return err
	}
	if err := r.Invite(c.Context(), c.User, in, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("fair.done.invite"))
	return c.Redirect(deskAt(f.ID) + "/allocation")
}
