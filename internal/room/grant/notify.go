package grant

import (
	"context"
	"fmt"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/register/account"
	"jiuye/internal/register/message"
)

// Kinds of messages: what the law wants people to be told of, and what they may unsubscribe from.
const (
	KindNotice   = "grant.notice"
	KindProgress = "grant.progress"
)

// Recover is the approved recovery of money, which moves no application.
const Recover Act = "recover"

// tellings are the acts that beneficiaries are told of. {0} is the policy, {1} the deadline of what is theirs to do, {2} the amount.
var tellings = map[Act]struct {
	kind string
	Label
}{
	Accept:  {KindProgress, Label{"您申请的“%[1]s”已受理，%[2]s 前完成核验。", "Your application for “%[1]s” has been accepted."}},
	Return:  {KindNotice, Label{"您申请的“%[1]s”需要补正，请在 %[2]s 前补充后再提交。要补什么，请看申请页。", "Your application for “%[1]s” has to be completed by %[2]s."}},
	Grant:   {KindNotice, Label{"您申请的“%[1]s”已批准，金额 %[3]s 元，正在公示。", "“%[1]s” has been granted: %[3]s yuan. It is on public display now."}},
	Refuse:  {KindNotice, Label{"您申请的“%[1]s”没有批准，理由请看申请页。不服的，可以在 %[2]s 前提出申诉。", "“%[1]s” was refused; the reasons stand on its page. You may appeal by %[2]s."}},
	Pay:     {KindProgress, Label{"“%[1]s”已发放到您的账户，共 %[3]s 元。", "“%[1]s” has been paid into your account: %[3]s yuan in all."}},
	PayPart: {KindProgress, Label{"“%[1]s”本期款项已发放到您的账户，累计 %[3]s 元，以后各期按月发放。", "This part of “%[1]s” has been paid: %[3]s yuan so far."}},
	Bounce:  {KindNotice, Label{"“%[1]s”的款项被银行退回，请在 %[2]s 前更正收款账户。", "The bank has returned “%[1]s”. Please correct your account by %[2]s."}},
	Stop:    {KindNotice, Label{"“%[1]s”已停发，理由请看申请页。", "“%[1]s” is not paid any longer; the reasons stand on its page."}},
	Recover: {KindNotice, Label{"已发放的“%[1]s”要追回 %[3]s 元，分期和理由请看申请页。", "%[3]s yuan of “%[1]s” have to be given back; see its page."}},
	Reopen:  {KindNotice, Label{"您对“%[1]s”的申诉成立，重新核验。", "Your appeal about “%[1]s” was right; it is checked again."}},
	Uphold:  {KindNotice, Label{"您对“%[1]s”的申诉不成立，维持原决定。", "Your appeal about “%[1]s” was dismissed."}},
}

func (r *Room) handleMessages() error {
	if r.Messages == nil {
		return nil
	}
	served := []string{account.Seeker, account.Employer}
	if err := r.Messages.Handle(message.Kind{Code: KindNotice, Zh: "补贴办理通知", En: "Decisions on support", Roles: served, Legal: true}); err != nil {
		return err
	}
	return r.Messages.Handle(message.Kind{Code: KindProgress, Zh: "补贴办理进度", En: "Progress of support", Roles: served})
}

// tell sends beneficiaries a message about an act, once for each version of their application. sum is the amount where it is not the
// application's own.
func (r *Room) tell(ctx context.Context, tx *db.Tx, act Act, list []Application, sum string) error {
	t, told := tellings[act]
	if r.Messages == nil || !told || len(list) == 0 {
		return nil
	}
	out := make([]message.Message, len(list))
	for i := range list {
		a := &list[i]
		fen := sum
		switch act {
		case Recover:
		case Pay, PayPart:
			fen = lang.Fen(a.Paid)
		default:
			fen = lang.Fen(a.Granted)
		}
		args := []any{a.PolicyName, a.Deadline.String(), fen}
		out[i] = message.Message{Kind: t.kind, To: message.To{PersonID: a.OwnerID}, About: fmt.Sprint("grant ", a.ID), Area: a.Area, Href: mineAt(a), Once: fmt.Sprintf("grant-%d-%s-%d", a.ID, act, a.Version),
			Title: message.Text{Zh: "补贴办理：" + a.PolicyName, En: "Support: " + a.PolicyName}, Body: message.Text{Zh: fmt.Sprintf(t.Zh, args...), En: fmt.Sprintf(t.En, args...)}}
		if a.Unit {
			out[i].To = message.To{EmployerID: a.OwnerID}
		}
	}
	_, err := r.Messages.SendAll(ctx, tx, out)
	return err
}
