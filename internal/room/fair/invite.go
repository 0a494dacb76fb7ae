package fair

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/message"
)

// Invite puts somebody at a booth by hand, for a vacancy and at a time (−1: the emptiest). An invitation that is there moves to
// that time. Faults: NotFound, Denied, Invalid, Conflict (the booth is full then, or the person elsewhere), Repeat.
func (r *Room) Invite(ctx context.Context, who web.User, in Invite, once string) error {
	return r.byHand(ctx, who, in.FairID, once, func(tx *db.Tx, f *Fair, all []Invite) (string, error) {
		visit, found, err := visitOf(ctx, tx, in.PersonID, in.FairID)
		if err != nil {
			return "", err
		}
		if !found {
			return "", fault.New(fault.NotFound, "这位求职者没有报名参加这场招聘会")
		}
		stands, _, err := r.standsOf(ctx, in.FairID)
		if err != nil {
			return "", err
		}
		if in.EmployerID = stands[in.VacancyID]; in.EmployerID == 0 {
			return "", fault.New(fault.Invalid, "请选择已确认展位上的岗位")
		}
		rest := slices.DeleteFunc(slices.Clone(all), func(v Invite) bool {
			return v.PersonID == in.PersonID && (v.VacancyID == in.VacancyID || in.Slot >= 0 && v.EmployerID == in.EmployerID)
		})
		t := newTimetable(slotsOf(f.From, f.To), rest)
		if in.Slot < 0 {
			if !t.place(&in) {
				return "", fault.New(fault.Conflict, "这个展位与这位求职者没有都空的时段")
			}
		} else if !t.free(in.PersonID, in.EmployerID, in.Slot) {
			return "", fault.New(fault.Conflict, "%s 这个时段不行：展位已满 %d 人，或者这位求职者已约了别的展位", clockText(in.Slot), perSlot)
		}
		list := []Invite{in}
		for _, v := range all { // other vacancies at the same booth go along; what is known of the pair stays
			switch {
			case v.PersonID != in.PersonID:
			case v.VacancyID == in.VacancyID:
				list[0].Score, list[0].Why = v.Score, v.Why
			case v.EmployerID == in.EmployerID:
				v.Slot, v.Hand, v.SentAt = in.Slot, true, 0
				list = append(list, v)
			}
		}
		list[0].Hand, list[0].SentAt = true, 0
		return "改动招聘会邀请，签到码末四位 " + visit.Code[len(visit.Code)-4:], saveInvites(ctx, tx, list)
	})
}

// Uninvite takes an invitation away. Faults: NotFound, Denied, Conflict, Repeat.
func (r *Room) Uninvite(ctx context.Context, who web.User, fairID, personID, vacancyID int64, once string) error {
	return r.byHand(ctx, who, fairID, once, func(tx *db.Tx, _ *Fair, _ []Invite) (string, error) {
		n, err := dropInvite(ctx, tx, fairID, personID, vacancyID)
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, "这条邀请已经删去")
		}
		return "删去招聘会邀请", err
	})
}

func (r *Room) byHand(ctx context.Context, who web.User, fairID int64, once string, work func(tx *db.Tx, f *Fair, all []Invite) (string, error)) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		f, err := fairByID(ctx, tx, fairID)
		if err != nil {
			return err
		}
		if err := MayManage(who, &f); err != nil {
			return err
		}
		if !f.Takes(r.today()) {
			return fault.New(fault.Conflict, "只有已发布、还没有举办完的招聘会才能改动邀请")
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		all, err := invitesOf(ctx, tx, fairID, 0)
		if err != nil {
			return err
		}
		what, err := work(tx, &f, all)
		if err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entryOf(who, "invite", &f, what+"："+f.Title))
	})
}

// Send tells everybody their booths and times, one message each, and returns how many people that were. Who has been told and whose
// invitations have not changed is not told again. Faults: NotFound, Denied, Conflict, Unavailable, Repeat.
func (r *Room) Send(ctx context.Context, who web.User, fairID int64, once string) (told int, err error) {
	if r.Messages == nil {
		return 0, fault.New(fault.Unavailable, "消息中心还没有启用，请联系系统管理员")
	}
	err = r.byHand(ctx, who, fairID, once, func(tx *db.Tx, f *Fair, all []Invite) (string, error) {
		list, err := r.letters(ctx, tx, f, all)
		if err != nil {
			return "", err
		}
		if len(list) == 0 {
			return "", fault.New(fault.Conflict, "没有需要发送的邀请")
		}
		if _, err := r.Messages.SendAll(ctx, tx, list); err != nil {
			return "", err
		}
		told = len(list)
		return fmt.Sprintf("发送招聘会邀请 %d 人", told), markSent(ctx, tx, fairID, r.now())
	})
	return told, err
}

// letters are the messages to those who have something new.
func (r *Room) letters(ctx context.Context, tx *db.Tx, f *Fair, all []Invite) (list []message.Message, err error) {
	fresh := map[int64]bool{}
	var order []int64
	for _, v := range all {
		if v.SentAt == 0 && !fresh[v.PersonID] {
			fresh[v.PersonID] = true
			order = append(order, v.PersonID)
		}
	}
	words, err := r.wordsFor(ctx, tx, f.ID, all)
	if err != nil {
		return nil, err
	}
	for _, id := range order {
		var zh, en []string
		for _, v := range all {
			if v.PersonID == id {
				w := words[v.VacancyID]
				zh = append(zh, fmt.Sprintf("%s %d 号展位 %s（%s）", clockText(v.Slot), w.Number, w.Unit, w.Title))
				en = append(en, fmt.Sprintf("%s booth %d %s (%s)", clockText(v.Slot), w.Number, w.Unit, w.Title))
			}
		}
		list = append(list, message.Message{Kind: kindInvite, To: message.To{PersonID: id}, About: aboutOf(f.ID), Href: atMine, Once: fmt.Sprintf("fair %d %d", f.ID, r.now()),
			Title: message.Text{Zh: "“" + f.Title + "”邀请您到展位洽谈", En: f.Title + ": booths that expect you"},
			Body: message.Text{Zh: fmt.Sprintf("%s %s，%s。%s。到场请出示签到码。", f.Day, f.Hours(), f.Place, strings.Join(zh, "；")),
				En: fmt.Sprintf("%s %s, %s. %s. Please show your code at the door.", f.Day, f.Hours(), f.Place, strings.Join(en, "; "))},
			Channels: []string{message.SMS}})
	}
	return list, nil
}

// wanted is what an invitation is about, in words.
type wanted struct {
	Unit, Title string
	Number      int
}

// wordsFor names the vacancies of invitations: vacancy → words.
func (r *Room) wordsFor(ctx context.Context, q db.Querier, fairID int64, list []Invite) (map[int64]wanted, error) {
	booths, err := boothsOf(ctx, q, fairID)
	if err != nil {
		return nil, err
	}
	numbers, ids := map[int64]int{}, map[int64]bool{}
	var employers, vacancies []int64
	for _, b := range booths {
		numbers[b.EmployerID] = b.Number
		employers = append(employers, b.EmployerID)
		for _, v := range b.Vacancies {
			ids[v] = true
		}
	}
	for _, v := range list {
		ids[v.VacancyID] = true
	}
	for id := range ids {
		vacancies = append(vacancies, id)
	}
	slices.Sort(vacancies)
	units, err := r.Employers.ListIn(ctx, q, employers)
	if err != nil {
		return nil, err
	}
	names := map[int64]string{}
	for _, u := range units {
		names[u.ID] = u.Name
	}
	found, err := r.Employers.Vacancies(ctx, q, vacancies)
	out := map[int64]wanted{}
	for _, v := range found {
		out[v.ID] = wanted{names[v.EmployerID], v.Title, numbers[v.EmployerID]}
	}
	return out, err
}
