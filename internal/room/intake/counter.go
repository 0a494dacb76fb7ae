package intake

import (
	"context"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
)

// Record keeps what was written down at a service counter as a source record of a template's kind, checked as a row of a
// file would be, and draws the person anew. fields are the template's, by name; name and ID number come from the register.
// It returns the record's id, 0 when the same stood there already. Whether who may serve this person was asked by the caller:
// a counter serves people who live elsewhere too. Faults: NotFound, Invalid with what is wrong.
func (r *Room) Record(ctx context.Context, tx *db.Tx, who web.User, kind string, personID int64, fields map[string]string) (int64, error) {
	t := r.Kinds.Of(kind)
	if t == nil {
		return 0, fault.New(fault.Invalid, "没有“%s”这个模板，登记不进去。请联系管理员", kind)
	}
	people, err := r.People.ListIn(ctx, tx, []int64{personID})
	if err != nil {
		return 0, err
	}
	if len(people) == 0 {
		return 0, fault.New(fault.NotFound, "没有这份档案，可能已经合并到另一份")
	}
	cells, at := make([]string, len(t.Columns)), make([]int, len(t.Columns))
	for i := range t.Columns {
		at[i] = i
		switch field := t.Columns[i].Field; field {
		case "name":
			cells[i] = people[0].Name
		case "idnumber":
			cells[i] = people[0].IDNumber
		default:
			cells[i] = strings.TrimSpace(fields[field])
		}
	}
	rec := t.check(sheet.Row{Number: 1, Cells: cells}, at, make([]value, len(t.Columns)), r.Clock.Today())
	if rec.flaw != nil {
		return 0, fault.New(fault.Invalid, "%s：%s", rec.flaw.column, veil(rec.flaw.text))
	}
	by := actorOf(who)
	by.Area = "" // the caller has asked
	return r.apply(ctx, tx, by, &rec, personID, origin{})
}
