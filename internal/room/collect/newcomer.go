package collect

import (
	"context"
	"errors"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/person"
)

// newcomer writes down somebody who is not in the register. Whom it may be is told at once and kept with the record:
// the same ID number in the register or among those who wait, or the same name in the village.
func (r *Room) newcomer(ctx context.Context, tx *db.Tx, who reader, it Item) (Result, error) {
	in := reading{answers: it.Answers, t: who.t}
	n := Newcomer{ID: r.IDs.Next(), Area: it.Area, Name: in.text("name", 60), Phone: in.phone("tel"), Note: identity.Veil(in.text("new_note", 300)),
		Met: in.day(dayField[KindNew], it.Asked, r.Clock.Today()), At: r.Clock.Now().UnixMilli(), ByID: who.ID, ByName: who.Name}
	if !isVillage(n.Area) {
		in.fail("area", "collect.wrong.village")
	} else if err := mayWork(who.User, n.Area); err != nil {
		return Result{}, err
	}
	if n.Name == "" {
		in.fail("name", "collect.wrong.name")
	}
	if s := in.text("idnumber", 60); s != "" {
		number, err := identity.ParseIDNumber(s)
		if err != nil {
			in.wrong = append(in.wrong, Wrong{"idnumber", codeText(err, who.english)})
		}
		n.IDNumber = number.Number
	}
	if n.IDNumber == "" && n.Phone == "" && len(in.wrong) == 0 {
		in.fail("idnumber", "collect.wrong.either")
	}
	if len(in.wrong) > 0 {
		return refuse(in.wrong), nil
	}
	found, err := r.candidate(ctx, tx, who, &n)
	if err != nil {
		return Result{}, err
	}
	return Result{Result: Saved, Found: found}, errors.Join(r.store.addNewcomer(ctx, tx, n),
		r.store.keep(ctx, tx, receipt{it.Key, who.ID, n.At, KindNew, n.ID, n.Why}),
		r.note(ctx, tx, who.User, "collect.newcomer", "newcomer", n.ID, n.Area, "报送了新增人员"))
}

func codeText(err error, english bool) string {
	var code *identity.CodeError
	if errors.As(err, &code) && english {
		return code.En
	}
	return err.Error()
}

// candidate looks for whom a newcomer may be, and says it in words. What stands outside the reader's area is told without a name.
func (r *Room) candidate(ctx context.Context, tx *db.Tx, who reader, n *Newcomer) (string, error) {
	if n.IDNumber != "" {
		id, err := r.People.ByIDNumber(ctx, tx, n.IDNumber)
		if err != nil {
			return "", err
		}
		if id != 0 {
			n.Why, n.PersonID = SameNumber, id
			p, err := r.People.Get(ctx, id)
			if err != nil {
				return "", err
			}
			return r.whom(who, n.Why, &p), nil
		}
	}
	if other, byNumber, found, err := r.store.enteredBefore(ctx, tx, n); err != nil || found {
		if n.Why, n.OtherID = TwiceName, other.ID; byNumber {
			n.Why = TwiceNumber
		}
		if err == nil && maySee(who.User, other.Area) != nil {
			return who.t("collect.found.elsewhere"), nil
		}
		return who.t("collect.found."+n.Why, web.MaskName(other.Name)), err
	}
	key := person.NameKey(n.Name)
	list, err := r.People.Search(ctx, n.Area, n.Name, "", 0, 5)
	for i := range list {
		if person.NameKey(list[i].Name) == key && (n.IDNumber == "" || list[i].IDNumber != n.IDNumber) {
			n.Why, n.PersonID = SameName, list[i].ID
			return r.whom(who, n.Why, &list[i]), nil
		}
	}
	return "", err
}

func (r *Room) whom(who reader, why string, p *person.Person) string {
	if maySee(who.User, p.Area) != nil {
		return who.t("collect.found.elsewhere")
	}
	return who.t("collect.found."+why, web.MaskName(p.Name)+"（"+web.MaskID(p.IDNumber)+"）")
}

// DecideHint closes a hint; what was found true about a telephone goes to the register. Faults: NotFound, Denied
// (another area, or the reporter's own), Repeat, Conflict (somebody else has decided).
func (r *Room) DecideHint(ctx context.Context, who web.User, personID, hintID, version int64, right bool, reason, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		h, err := r.store.hint(ctx, tx, personID, hintID)
		if err != nil {
			return err
		}
		if err := mayDecide(who, h.Area, h.ByID); err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		h.State, h.Version, h.DecidedAt, h.DecidedName, h.Reason = StateWrong, version, r.Clock.Now().UnixMilli(), who.Name, identity.Veil(reason)
		if right {
			h.State = StateRight
		}
		if err := r.store.decideHint(ctx, tx, h); err != nil {
			return err
		}
		if right && h.Kind == HintPhone && r.Register != nil {
			p, err := r.People.Get(ctx, personID)
			if err != nil {
				return err
			}
			if err := mayDecide(who, p.Area, h.ByID); err != nil { // moved away since it was reported
				return err
			}
			if err := r.Register.CorrectPhone(ctx, tx, who, personID, h.Value, h.Said, reason); err != nil {
				return err
			}
		}
		return r.note(ctx, tx, who, "collect.hint", "person", personID, h.Area, "核实了采集线索")
	})
}

// DecideNewcomer closes a record of somebody new: StateSame, StateNew or StateWrong. Faults as of DecideHint.
func (r *Room) DecideNewcomer(ctx context.Context, who web.User, newcomerID, version int64, state, reason, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := r.store.newcomer(ctx, tx, newcomerID)
		if err != nil {
			return err
		}
		if err := mayDecide(who, n.Area, n.ByID); err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if state != StateSame && state != StateNew && state != StateWrong {
			return fault.New(fault.Invalid, "请选择核实结果：同一人、确为新增或不属实")
		}
		n.State, n.Version, n.DecidedAt, n.DecidedName, n.Reason = state, version, r.Clock.Now().UnixMilli(), who.Name, identity.Veil(reason)
		if err := r.store.decideNewcomer(ctx, tx, n); err != nil {
			return err
		}
		if state == StateNew && r.Linkage != nil {
			if err := r.Linkage.Propose(ctx, tx, who, n); err != nil {
				return err
			}
		}
		return r.note(ctx, tx, who, "collect.newcomer", "newcomer", n.ID, n.Area, "核实了新增人员")
	})
}
