package jobs

import (
	"context"
	"fmt"
	"strconv"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/register/message"
)

// Kinds of messages.
const (
	kindProgress = "jobs.progress" // to people: what became of their applications
	kindCome     = "jobs.come"     // to employers: who applied, booked, went
	kindWaiting  = "jobs.waiting"  // to employers: who waits for an answer
	kindAlert    = "jobs.alert"    // to people: what is new in their saved searches
)

// HandleMessages names the room's kinds of messages. Without a message centre nobody is told.
func (r *Room) HandleMessages() error {
	if r.Messages == nil {
		return nil
	}
	for _, k := range []message.Kind{
		{Code: kindProgress, Zh: "应聘进展", En: "Progress of applications", Roles: []string{roleSeeker}},
		{Code: kindCome, Zh: "应聘动态", En: "Who applies", Roles: []string{roleEmployer}},
		{Code: kindWaiting, Zh: "应聘待答复提醒", En: "Applications that wait", Roles: []string{roleEmployer}, Every: 2},
		{Code: kindStill, Zh: "岗位是否还在招", En: "Whether vacancies are still open", Roles: []string{roleEmployer}},
		{Code: kindAlert, Zh: "新岗位提醒", En: "New vacancies", Roles: []string{roleSeeker}},
	} {
		if err := r.Messages.Handle(k); err != nil {
			return err
		}
	}
	return nil
}

func vacancyAt(id int64) string { return "/jobs/vacancy/" + strconv.FormatInt(id, 10) }

func candidatesAt(id int64) string {
	return "/jobs/employer/vacancy/" + strconv.FormatInt(id, 10) + "/candidates"
}

// tellings are what each state says to the other side. %s is the vacancy.
var tellings = map[State]struct{ zh, en string }{
	Viewed:    {"单位看了您对“%s”的应聘", "Your application for “%s” has been read"},
	Interview: {"“%s”约您面试，请选一个时间", "You are invited to an interview for “%s”"},
	Offered:   {"“%s”拟录用您，请确认", "“%s”: the employer would like to hire you, please answer"},
	Hired:     {"“%s”已录用您", "You are hired for “%s”"},
	Declined:  {"“%s”没有录用您", "“%s”: you were not chosen"},
	Referred:  {"就业服务人员向您推荐了“%s”", "“%s” has been recommended to you"},
	Shut:      {"您对“%s”的应聘已关闭", "Your application for “%s” has been closed"},
}

// tellStep tells the other side of a step.
func (r *Room) tellStep(ctx context.Context, tx *db.Tx, x act, a Application, from State) error {
	title := x.vacancy.Title
	switch {
	case r.Messages == nil:
		return nil
	case x.side != Person:
		return r.tellPerson(ctx, tx, a, title)
	case a.State == Sent:
		return r.tellUnit(ctx, tx, a, "有人应聘“"+title+"”，请在 "+strconv.Itoa(silentDays)+" 个工作日内答复", "Somebody applied for “"+title+"”", "sent")
	case a.State == Hired:
		return r.tellUnit(ctx, tx, a, "“"+title+"”的应聘人接受了录用", "The offer for “"+title+"” was accepted", "hired")
	case a.State == Withdrawn && from.Applied():
		return r.tellGone(ctx, tx, a, title, "withdrawn")
	}
	return nil
}

func (r *Room) tellPerson(ctx context.Context, tx *db.Tx, a Application, title string) error {
	t, ok := tellings[a.State]
	if !ok || r.Messages == nil {
		return nil
	}
	m := message.Message{Kind: kindProgress, To: message.To{PersonID: a.PersonID}, About: strconv.FormatInt(a.VacancyID, 10), Href: vacancyAt(a.VacancyID),
		Title: message.Text{Zh: fmt.Sprintf(t.zh, title), En: fmt.Sprintf(t.en, title)},
		Once:  "jobs " + strconv.FormatInt(a.VacancyID, 10) + " " + strconv.FormatInt(a.Version+1, 10)}
	if why := reasonText(lang.Chinese, a.Reason); why != "" {
		m.Body = message.Text{Zh: "原因：" + why + "。", En: "Reason: " + reasonText(lang.English, a.Reason) + "."}
	}
	if a.Note != "" {
		m.Body.Zh += "单位的话：" + a.Note
	}
	_, err := r.Messages.Send(ctx, tx, m)
	return err
}

func (r *Room) tellUnit(ctx context.Context, tx *db.Tx, a Application, zh, en, what string) error {
	if r.Messages == nil {
		return nil
	}
	_, err := r.Messages.Send(ctx, tx, message.Message{Kind: kindCome, To: message.To{EmployerID: a.EmployerID}, About: strconv.FormatInt(a.VacancyID, 10), Href: candidatesAt(a.VacancyID),
		Title: message.Text{Zh: zh, En: en}, Once: what + " " + strconv.FormatInt(a.PersonID, 10) + " " + strconv.FormatInt(a.VacancyID, 10) + " " + strconv.FormatInt(a.Version, 10)})
	return err
}

// tellGone tells an employer that an applicant is no longer there, without a name: it is none of its business any more.
func (r *Room) tellGone(ctx context.Context, tx *db.Tx, a Application, title, what string) error {
	why := reasonText(lang.Chinese, a.Reason)
	zh, en := "“"+title+"”有 1 名应聘人撤回了应聘", "An application for “"+title+"” was withdrawn"
	if what == "gone" {
		zh, en = "“"+title+"”有 1 名应聘人已在别处录用，应聘已自动关闭", "An applicant for “"+title+"” has been hired elsewhere"
	} else if why != "" {
		zh += "，原因：" + why
	}
	return r.tellUnit(ctx, tx, a, zh, en, what)
}
