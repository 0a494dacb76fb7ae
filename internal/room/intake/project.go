package intake

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// redrawn is what a projection came to.
type redrawn struct {
	changed map[int64]person.Person // people whose own attributes are different now, or who are new: as they are now
	facts   int64                   // rows of facts written or taken out
	removed []int64                 // people who had no live record left
	held    map[int64]string        // people who had none left either, but stay: why
}

func (d *redrawn) add(o redrawn) {
	if d.changed == nil {
		*d = redrawn{changed: map[int64]person.Person{}, held: map[int64]string{}}
	}
	for id, p := range o.changed {
		d.changed[id] = p
	}
	for id, why := range o.held {
		d.held[id] = why
	}
	d.facts += o.facts
	d.removed = append(d.removed, o.removed...)
}

// recompute draws people and their facts anew from their live records. What no record has ever said (an answer from an
// interview, a row from before there were records) stays as it is. People who are not in the register yet come into it;
// those who came from records of which none is live any more leave it, unless another room holds something of theirs.
func (r *Room) recompute(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	_, err := r.project(ctx, tx, personIDs)
	return err
}

// projectAtOnce is how many people are held in memory at once.
const projectAtOnce = 1000

func (r *Room) project(ctx context.Context, tx *db.Tx, personIDs []int64) (all redrawn, err error) {
	all.add(redrawn{})
	ids := slices.Compact(slices.Sorted(slices.Values(personIDs)))
	for part := range slices.Chunk(ids, projectAtOnce) {
		p := &projection{room: r, tx: tx, ids: part, redrawn: redrawn{changed: map[int64]person.Person{}, held: map[int64]string{}}, units: map[int64]bool{}}
		if err := p.run(ctx); err != nil {
			return all, err
		}
		all.add(p.redrawn)
		if len(p.units) > 0 { // what employed or insured them may be named by nobody any more
			silent, err := ofUnits.without(ctx, tx, slices.Sorted(maps.Keys(p.units)), true)
			if err != nil {
				return all, err
			}
			if _, err := r.drawUnits(ctx, tx, silent); err != nil {
				return all, err
			}
		}
	}
	return all, nil
}

// projection is one draw of some people.
type projection struct {
	redrawn
	room    *Room
	tx      *db.Tx
	ids     []int64
	records map[int64][]Said
	was     map[int64]person.Person
	needs   map[int64]person.NeedAbility
	golden  map[int64][]Attribute // of the live records
	units   map[int64]bool        // employers that ended records name
	homes   map[int64]bool        // households whose members have come or gone
}

func (p *projection) run(ctx context.Context) (err error) {
	r := p.room
	if p.records, err = ofPeople.of(ctx, p.tx, r.openSaid, p.ids); err != nil {
		return err
	}
	list, err := r.People.ListIn(ctx, p.tx, p.ids)
	if err != nil {
		return err
	}
	p.was, p.homes = make(map[int64]person.Person, len(list)), map[int64]bool{}
	for _, one := range list {
		p.was[one.ID] = one
	}
	if p.needs, err = r.People.NeedAbilities(ctx, p.tx, p.ids); err != nil {
		return err
	}
	p.golden = make(map[int64][]Attribute, len(p.ids))
	for _, id := range p.ids {
		live, _ := parted(p.records[id])
		p.golden[id] = r.Kinds.golden(live, r.speaks, db.Date{})
	}
	if err := p.drawFacts(ctx); err != nil {
		return err
	}
	if err := p.drawPeople(ctx); err != nil {
		return err
	}
	return p.drawHomes(ctx)
}

// parted tells a person's live records from the ended ones.
func parted(records []Said) (live, ended []Said) {
	for _, s := range records {
		if s.EndedAt == 0 {
			live = append(live, s)
		} else {
			ended = append(ended, s)
		}
	}
	return live, ended
}

// bornOf reports whether records brought somebody into the register: without them nobody was there.
func (r *Room) bornOf(records []Said) bool {
	return slices.ContainsFunc(records, func(s Said) bool { return slices.Contains(r.speaks(s.Kind), "area") })
}

// drawFacts writes what live records report, and takes out what only ended ones did.
func (p *projection) drawFacts(ctx context.Context) error {
	r := p.room
	live, ended := &facts{}, &facts{}
	w := r.newWriting(p.tx, &Batch{}, nil, newKnown(1<<16))
	var rows, reporting []*record
	var owners []*Said
	var codes []string
	for _, id := range p.ids {
		records := p.records[id]
		for i := range records {
			rec, err := r.restore(&records[i])
			if err != nil {
				return err
			}
			if rec != nil && recipes[rec.t.Becomes].fact != nil {
				rows, owners = append(rows, rec), append(owners, &records[i])
				if code := rec.text("creditcode"); records[i].EndedAt == 0 {
					reporting = append(reporting, rec)
				} else if code != "" {
					codes = append(codes, code)
				}
			}
		}
	}
	if err := w.unitsOf(ctx, reporting); err != nil {
		return err
	}
	if err := w.findUnits(ctx, codes); err != nil {
		return err
	}
	// The one that counts comes last: folding keeps it.
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	rank := func(i int) int { return r.Kinds.factRank(rows[i]) }
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(rank(b), rank(a)), cmp.Compare(owners[a].HeardAt, owners[b].HeardAt), cmp.Compare(owners[a].ID, owners[b].ID))
	})
	for _, i := range order {
		to := live
		if owners[i].EndedAt != 0 {
			to = ended
		}
		unit, _ := w.unit(rows[i].text("creditcode"))
		if owners[i].EndedAt != 0 && unit.ID != 0 {
			p.units[unit.ID] = true
		}
		recipes[rows[i].t.Becomes].fact(rows[i], owners[i].Owner, unit.ID, to)
	}
	live.fold()
	ended.fold()
	ended.without(live)
	removed, err := r.People.RemoveKeys(ctx, p.tx, &ended.Batch)
	if err != nil {
		return err
	}
	changed, err := r.People.SaveFacts(ctx, p.tx, &live.Batch)
	p.facts += removed + changed
	return err
}

// factRank is a row's source's place in the trust for its fact.
func (ts *Templates) factRank(rec *record) int {
	name := rec.t.Becomes
	if name == "group" {
		name = "group." + rec.text("group")
	}
	return ts.sources.trust.Rank(name, rec.t.Source)
}

// drawPeople writes the golden records.
func (p *projection) drawPeople(ctx context.Context) error {
	r := p.room
	var leaving []int64
	var fresh, changed []person.Person
	var numbers []string
	households, err := p.householdsOf(ctx)
	if err != nil {
		return err
	}
	for _, id := range p.ids {
		was, there := p.was[id]
		live, ended := parted(p.records[id])
		if !tellsNumber(live) && r.bornOf(p.records[id]) {
			if there {
				leaving = append(leaving, id)
			}
			continue
		}
		if len(live) == 0 && !there {
			continue
		}
		now := overlayGolden(was, p.golden[id], p.takenBack(ended), households, p.needs[id])
		if now.ID = id; now == was {
			continue
		}
		if now.IDNumber != was.IDNumber && there && was.IDNumber != "" {
			numbers = append(numbers, was.IDNumber)
		}
		if now.HouseholdID != was.HouseholdID || now.Area != was.Area || now.Relation != was.Relation || now.Rural != was.Rural {
			p.homes[was.HouseholdID], p.homes[now.HouseholdID] = true, true
		}
		p.changed[id] = now
		if !there || now.IDNumber != was.IDNumber {
			fresh = append(fresh, now)
		}
		changed = append(changed, now)
	}
	if err := r.People.Release(ctx, p.tx, numbers); err != nil {
		return err
	}
	seals := make([]person.Sealed, len(changed))
	for i := range changed {
		seals[i] = r.People.Seal(&changed[i])
	}
	if err := p.claim(ctx, fresh); err != nil {
		return err
	}
	if err := r.People.SaveSealed(ctx, p.tx, changed, seals); err != nil {
		return err
	}
	return p.bury(ctx, leaving)
}

// tellsNumber reports whether any record but corrections says who somebody is.
func tellsNumber(records []Said) bool {
	return slices.ContainsFunc(records, func(s Said) bool { return s.Kind != KindCorrection && spoilt(s.Cells["idnumber"]) == 0 })
}

// takenBack are the attributes that ended records told.
func (p *projection) takenBack(ended []Said) []Attribute {
	if len(ended) == 0 {
		return nil
	}
	return p.room.Kinds.golden(ended, p.room.speaks, db.Date{})
}

// householdsOf finds and makes the households that golden records name: number → household.
func (p *projection) householdsOf(ctx context.Context) (map[string]int64, error) {
	var numbers []string
	for _, id := range p.ids {
		g := Golden{Attributes: p.golden[id]}
		if number := g.Of("household").Value; number != "" {
			numbers = append(numbers, number)
		}
	}
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
	ids, err := p.room.People.ResolveHouseholds(ctx, p.tx, numbers)
	if err != nil {
		return nil, err
	}
	var fresh []person.Household
	for _, number := range numbers {
		if _, has := ids[number]; !has {
			ids[number] = p.room.IDs.Next()
			fresh = append(fresh, person.Household{ID: ids[number], Number: number})
		}
	}
	if len(fresh) == 0 {
		return ids, nil
	}
	if taken, err := p.room.People.ClaimHouseholds(ctx, p.tx, fresh); err != nil || len(taken) > 0 {
		return nil, errors.Join(err, again(len(taken)))
	}
	return ids, p.room.People.SaveClaimedHouseholds(ctx, p.tx, fresh) // drawHomes tells where they are
}

// claim leads the numbers of newcomers, and new numbers, to their people.
func (p *projection) claim(ctx context.Context, people []person.Person) error {
	if len(people) == 0 {
		return nil
	}
	seals := make([]person.Sealed, len(people))
	for i := range people {
		seals[i] = p.room.People.Seal(&people[i])
	}
	taken, err := p.room.People.Claim(ctx, p.tx, people, seals)
	if err == nil && len(taken) > 0 {
		err = fault.New(fault.Conflict, "这个证件号已经是另一份档案的，不能再写给这一位。请先核对两份档案是不是同一人")
	}
	return err
}

// overlayGolden puts the golden record over what the register has. What live records do not tell but ended ones did is
// taken away; what none has ever told stays. Somebody who was in the register before any record was kept, keeps name and number.
func overlayGolden(was person.Person, live, ended []Attribute, households map[string]int64, need person.NeedAbility) person.Person {
	p := was
	g := Golden{Attributes: live}
	before := (&Golden{Attributes: ended}).Of
	born := was.ID == 0 || g.Of("area").Value != "" || before("area").Value != "" || was.HouseholdID == 0
	for _, list := range [][]Attribute{ended, live} {
		for _, a := range list {
			set := setters[a.Field]
			if set == nil || !born && slices.Contains(whoSomebodyIs, a.Field) {
				continue
			}
			set(&p, g.Of(a.Field).Value)
		}
	}
	if number := g.Of("household").Value; number != "" {
		p.HouseholdID = households[number]
	} else if before("household").Value != "" {
		p.HouseholdID = 0
	}
	if p.Area == "" {
		p.Area = homeOf(p.IDNumber)
	}
	if need.Able != nil && !need.AbleOn.Before(g.Of("able").Since.Time) {
		p.Able = need.Able
	}
	if need.Willing != nil && !need.WillingOn.Before(g.Of("willing").Since.Time) {
		p.Willing = need.Willing
	}
	if need.Train != nil {
		p.Train = need.Train
	}
	p.Able, p.Willing, p.Train = sameAnswer(was.Able, p.Able), sameAnswer(was.Willing, p.Willing), sameAnswer(was.Train, p.Train)
	return p
}

// whoSomebodyIs are the attributes that everybody in the register has.
var whoSomebodyIs = []string{"name", "idnumber", "sex", "birth"}

// sameAnswer keeps the pointer where the answer is the same: people are compared with ==.
func sameAnswer(was, now *bool) *bool {
	if was != nil && now != nil && *was == *now {
		return was
	}
	return now
}

// regionCode is 内蒙古自治区.
const regionCode = "15"

// homeOf is where somebody lives of whom nobody has said it: the banner that the ID number names.
func homeOf(number string) string {
	if len(number) >= 6 && area.Exists(number[:6]) {
		return twelve(number[:6])
	}
	return twelve(regionCode)
}

// setters put an attribute of the golden record into the register; "" takes it away.
var setters = map[string]func(*person.Person, string){
	"name":      func(p *person.Person, s string) { p.Name = s },
	"idnumber":  func(p *person.Person, s string) { p.IDNumber = s },
	"sex":       func(p *person.Person, s string) { p.Sex, _ = strconv.Atoi(s) },
	"birth":     func(p *person.Person, s string) { p.Birth = dayOf(s).Time },
	"ethnic":    func(p *person.Person, s string) { p.Ethnic = s },
	"education": func(p *person.Person, s string) { p.Education, _ = strconv.Atoi(s) },
	"phone":     func(p *person.Person, s string) { p.Phone = s },
	"area":      func(p *person.Person, s string) { p.Area = s },
	"relation":  func(p *person.Person, s string) { p.Relation = s },
	"rural":     func(p *person.Person, s string) { p.Rural = s == "1" },
	"student":   func(p *person.Person, s string) { p.Student = s == "1" },
	"able":      func(p *person.Person, s string) { p.Able = answerOf(s) },
	"willing":   func(p *person.Person, s string) { p.Willing = answerOf(s) },
	"died":      func(p *person.Person, s string) { p.Died = dayOf(s) },
}

func dayOf(s string) db.Date { return parsed("date", s).dayOrNone(s) }

// dayOrNone is the value's day, none when nothing was written.
func (v value) dayOrNone(s string) db.Date {
	if s == "" {
		return db.Date{}
	}
	return v.day()
}

func answerOf(s string) *bool {
	if s == "" {
		return nil
	}
	yes := s == "1"
	return &yes
}
