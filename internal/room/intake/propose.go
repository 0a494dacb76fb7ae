package intake

import (
	"context"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// kindNewcomer is the template of people whom a household visit found (templates/newcomer.yaml).
const kindNewcomer = "newcomer"

// Newcomer is somebody met at home who is not in the register.
type Newcomer struct {
	Name     string
	IDNumber string // "" when it was not at hand
	Phone    string
	Area     string // the village, 12 digits
	Met      db.Date
	Note     string
}

// Propose puts a newcomer onto the review desk of the banner, as a row of 入户采集: linkage compares the row with
// everybody, and where nobody is like it, the desk decides on a new file (建档). Whether who may speak for the village was
// asked by the caller. It returns the review item; the same newcomer proposed twice waits once. Faults: Invalid with what
// is wrong, Conflict when the ID number has a file.
func (r *Room) Propose(ctx context.Context, tx *db.Tx, who web.User, n Newcomer) (int64, error) {
	t := r.Kinds.Of(kindNewcomer)
	if t == nil {
		return 0, fault.New(fault.Invalid, "模板“%s”已不在，新增人员交不到核对台。请先恢复这个模板文件", kindNewcomer)
	}
	said := map[string]string{"name": n.Name, "idnumber": n.IDNumber, "phone": n.Phone, "area": n.Area, "since": n.Met.String(), "note": n.Note}
	cells, at := make([]string, len(t.Columns)), make([]int, len(t.Columns))
	for i := range t.Columns {
		cells[i], at[i] = strings.TrimSpace(said[t.Columns[i].Field]), i
	}
	rec := t.check(sheet.Row{Number: 1, Cells: cells}, at, make([]value, len(cells)), r.Clock.Today())
	if rec.flaw != nil {
		return 0, fault.New(fault.Invalid, "%s：%s", rec.flaw.column, veil(rec.flaw.text))
	}
	if number, err := identity.ParseIDNumber(n.IDNumber); err == nil {
		if id, err := r.People.ByIDNumber(ctx, tx, number.Number); err != nil || id != 0 {
			if err == nil {
				err = fault.New(fault.Conflict, "这个证件号在实名库中已有档案，不是新增人员。请选“同一人”；迁居的，由公安户籍数据更正居住地")
			}
			return 0, err
		}
	}
	place := area.At(n.Area, area.Banner)
	key := r.Sealer.Hash("row", place+"\x00"+t.Kind+"\x00"+strings.Join(cells, "\x00"))
	id := r.IDs.Next()
	// The item's own id stands for a file: a decision that is taken back finds the record by it.
	added, err := tx.Merge(ctx, "intake_review", reviewColumns, []string{"row_key"}, [][]any{{id, place, ReviewOpen, WhyUnknown, t.Kind, int64(0), id, t.Name, int64(1), int64(0),
		key, r.sealCells(cells), false, r.Clock.Now().UnixMilli(), int64(0), int64(0), "", "", int64(1)}}, db.KeepOld)
	if err != nil {
		return 0, err
	}
	if added == 0 {
		return reviewOf(ctx, tx, key)
	}
	if err := r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: who.Name, Act: "intake.propose", Object: "review", ObjectID: id, Area: place,
		What: "把入户发现的新增人员交到核对台"}); err != nil {
		return 0, err
	}
	return id, r.linkLater(ctx, tx, place)
}
