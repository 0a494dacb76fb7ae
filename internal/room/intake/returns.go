package intake

import (
	"context"
	"fmt"
	"io"
	"slices"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// returnHeads are the columns of what goes back to a source.
var returnHeads = []string{"类别", "表", "文件", "行号", "姓名", "身份证号", "栏", "贵部门所写", "实名库采用", "采用的来源", "说明"}

// Returns writes what goes back to a source (退回源头部门): the rows of its deliveries that were rejected, and what it says of
// people where a more trusted or a later word counts, within an area. It holds whole ID numbers, as the source itself
// wrote them, so who takes it is written into the audit log. It is written row by row.
func (r *Room) Returns(ctx context.Context, who Actor, source string, out io.Writer) error {
	if !r.Kinds.sources.has(source) {
		return fault.New(fault.NotFound, "没有这个数据来源")
	}
	err := r.Audit.Note(ctx, audit.Entry{ActorID: who.ID, Actor: who.Name, Act: "intake.returns", Object: "area", Area: who.Area,
		What: "下载了退回" + r.Kinds.Source(source).Name + "的差错和不一致清单"})
	if err != nil {
		return err
	}
	w := sheet.NewCSV(out, sheet.UTF8)
	if err := w.Sheet("", sheet.Columns(returnHeads...)...); err != nil {
		return err
	}
	if err := r.returnRejects(ctx, who, source, w); err != nil {
		return err
	}
	if err := r.returnConflicts(ctx, who, source, w); err != nil {
		return err
	}
	return w.Close()
}

// kindsOf are the tables that a source delivers.
func (r *Room) kindsOf(source string) (kinds []string) {
	for _, t := range r.Kinds.All() {
		if t.Source == source {
			kinds = append(kinds, t.Kind)
		}
	}
	return kinds
}

func (r *Room) returnRejects(ctx context.Context, who Actor, source string, w sheet.Writer) error {
	kinds := r.kindsOf(source)
	if len(kinds) == 0 {
		return nil
	}
	return eachReturned(ctx, r.DB, who.Area, kinds, func(x *returned) error {
		return w.Row("退回", r.Kinds.Of(x.kind).Name, x.file, itoa(x.row), "", "", x.head, x.shown, "", "", x.reason)
	})
}

// returnedAtOnce is how many people are held in memory at once.
const returnedAtOnce = 1000

func (r *Room) returnConflicts(ctx context.Context, who Actor, source string, w sheet.Writer) error {
	for after := int64(0); ; {
		ids, err := peopleOfSource(ctx, r.DB, source, who.Area, after, returnedAtOnce)
		if err != nil || len(ids) == 0 {
			return err
		}
		after = ids[len(ids)-1]
		all, err := ofPeople.of(ctx, r.DB, r.openSaid, ids)
		if err != nil {
			return err
		}
		names, err := fileNames(ctx, r.DB, all, source)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := r.returnOf(source, all[id], names, w); err != nil {
				return err
			}
		}
	}
}

// returnOf writes where one person's golden record says something else than a source.
func (r *Room) returnOf(source string, records []Said, files map[int64]string, w sheet.Writer) error {
	live, _ := parted(records)
	for _, a := range r.Kinds.golden(live, r.speaks, db.Date{}) {
		for _, v := range a.Others {
			if v.Source != source {
				continue
			}
			at := slices.IndexFunc(live, func(s Said) bool { return s.ID == v.RecordID })
			s := &live[at]
			table := s.Kind
			if t := r.Kinds.Of(s.Kind); t != nil {
				table = t.Name
			}
			said, taken := v.Value, a.Value
			if a.Field != "idnumber" && a.Field != "phone" {
				said, taken = r.shown(a.Field, v.Value), r.shown(a.Field, a.Value)
			}
			why := fmt.Sprintf("%s %s 交来的与此不同，请核对后在下次交表时改正，或复函说明", r.Kinds.Source(a.Source).Name, clockText(a.HeardAt))
			if err := w.Row("不一致", table, files[s.File], itoa(s.Row), s.Cells["name"], s.Cells["idnumber"], headOfAttribute(a.Field), said, taken, r.Kinds.Source(a.Source).Name, why); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p pages) returns(c *web.Ctx) error {
	id := c.R.PathValue("id")
	if !p.Kinds.sources.has(id) {
		return fault.New(fault.NotFound, "没有这个数据来源")
	}
	name := fmt.Sprintf("退回%s %s.csv", p.Kinds.Source(id).Name, area.Name(c.User.Area))
	return p.Returns(c.Context(), actorOf(c.User), id, c.Attachment(name, "text/csv; charset=utf-8"))
}
