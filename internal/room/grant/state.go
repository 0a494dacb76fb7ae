package grant

import (
	"slices"

	"jiuye/internal/ground/lang"
)

// State is where an application stands.
type State string

// The states, in the order of the way.
const (
	Draft     State = "draft"
	Submitted State = "submitted"
	Returned  State = "returned" // for completion
	Accepted  State = "accepted"
	Checked   State = "checked"
	Proposed  State = "proposed" // a second person decides
	Public    State = "public"
	Payable   State = "payable"
	Batched   State = "batched" // in a batch that waits for two approvals
	Sent      State = "sent"    // at the bank
	Bounced   State = "bounced" // the bank sent it back
	Paid      State = "paid"
	Stopped   State = "stopped" // paid in part, or not at all, and not paid on
	Closed    State = "closed"
	Refused   State = "refused"
	Appealed  State = "appealed"
	Withdrawn State = "withdrawn"
)

// Label is a state or an act as people read it.
type Label struct{ Zh, En string }

func (l Label) in(language string) string {
	if language == lang.English {
		return l.En
	}
	return l.Zh
}

// stateWords are the states in the order of the filter, with the colour of their tag.
var stateWords = []struct {
	State State
	Label
	Tag string
}{
	{Draft, Label{"草稿", "Draft"}, ""},
	{Submitted, Label{"待受理", "To be accepted"}, "warn"},
	{Returned, Label{"待补正", "To be completed"}, "warn"},
	{Accepted, Label{"已受理，待核验", "Accepted, to be checked"}, "warn"},
	{Checked, Label{"已核验，待提出意见", "Checked, opinion due"}, "warn"},
	{Proposed, Label{"待审批", "To be decided"}, "warn"},
	{Public, Label{"公示中", "On public display"}, "group"},
	{Payable, Label{"待发放", "To be paid"}, "warn"},
	{Batched, Label{"已编入发放批次", "In a payment batch"}, "group"},
	{Sent, Label{"银行发放中", "At the bank"}, "group"},
	{Bounced, Label{"银行退回", "Returned by the bank"}, "stop"},
	{Paid, Label{"已发放", "Paid"}, "ok"},
	{Stopped, Label{"已停发", "Stopped"}, "stop"},
	{Closed, Label{"已办结", "Closed"}, "ok"},
	{Refused, Label{"不予批准", "Refused"}, "stop"},
	{Appealed, Label{"申诉中", "Under appeal"}, "warn"},
	{Withdrawn, Label{"已撤回", "Withdrawn"}, ""},
}

// Label is the state as people read it.
func (s State) Label() Label {
	for _, w := range stateWords {
		if w.State == s {
			return w.Label
		}
	}
	return Label{string(s), string(s)}
}

// Live says whether something is still due on an application.
func (s State) Live() bool {
	return !slices.Contains([]State{Draft, Paid, Stopped, Closed, Refused, Withdrawn}, s)
}

// Act is what moves an application on.
type Act string

// The acts.
const (
	Submit   Act = "submit"
	Return   Act = "return"
	Accept   Act = "accept"
	Check    Act = "check"
	Propose  Act = "propose"
	Grant    Act = "grant"
	Refuse   Act = "refuse"
	Back     Act = "back" // the decision was not taken: to the desk again
	Object   Act = "object"
	Shown    Act = "shown" // the time of public display is over
	Finish   Act = "finish"
	Batch    Act = "batch"
	Unbatch  Act = "unbatch"
	Send     Act = "send"
	Pay      Act = "pay"
	PayPart  Act = "part" // a line is paid, others are to come
	Stop     Act = "stop"
	Bounce   Act = "bounce"
	Mend     Act = "mend" // the account was corrected
	Withdraw Act = "withdraw"
	Appeal   Act = "appeal"
	Reopen   Act = "reopen" // the appeal was right
	Uphold   Act = "uphold" // it was not
	Auto     Act = "auto"   // proposed without an application (免申即享)
	Note     Act = "note"   // nothing moves: a remark for the log
)

// Party is who may do an act.
type Party string

// The parties. A decider is a second person, through the register of approvals; the program acts by the clock or by a bank's file.
const (
	Owner   Party = "owner"
	Desk    Party = "desk" // an officer of the area
	Decider Party = "decider"
	Program Party = "program"
)

// Move is one transition: who may make it, from where to where, and within how many working days the next one is due
// (0: nothing is due).
type Move struct {
	Act  Act
	Who  Party
	From []State
	To   State
	Days int
	Label
}

// Moves are all transitions. Working days: acceptance 5 and completion 15 as in 《行政许可法》第三十二条 and its practice; decision within
// 20 in all as in its 第四十二条 (10 to check, 5 to propose, 5 to decide); public display 5; appeals 30.
var Moves = []Move{
	{Submit, Owner, []State{Draft}, Submitted, 5, Label{"提交申请", "Submitted"}},
	{Submit, Owner, []State{Returned}, Submitted, 5, Label{"补正后提交", "Submitted again"}},
	{Return, Desk, []State{Submitted, Accepted, Checked}, Returned, 15, Label{"退回补正", "Sent back for completion"}},
	{Accept, Desk, []State{Submitted}, Accepted, 10, Label{"受理", "Accepted"}},
	{Check, Desk, []State{Accepted, Checked}, Checked, 5, Label{"核验", "Checked"}},
	{Propose, Desk, []State{Checked}, Proposed, 5, Label{"提出意见，送审批", "Proposed for decision"}},
	{Grant, Decider, []State{Proposed}, Public, PublicDays, Label{"决定批准", "Granted"}},
	{Refuse, Decider, []State{Proposed}, Refused, AppealDays, Label{"决定不予批准", "Refused"}},
	{Back, Decider, []State{Proposed}, Checked, 5, Label{"审批没有通过，退回核验", "Not decided, back to the desk"}},
	{Object, Desk, []State{Public}, Accepted, 10, Label{"公示有异议，重新核验", "Objection, checked again"}},
	{Shown, Program, []State{Public}, Payable, 10, Label{"公示期满", "Public display over"}},
	{Finish, Program, []State{Public, Paid}, Closed, 0, Label{"办结", "Closed"}},
	{Batch, Desk, []State{Payable}, Batched, 5, Label{"编入发放批次", "Put into a batch"}},
	{Unbatch, Program, []State{Batched}, Payable, 10, Label{"批次没有批准，退回待发放", "Batch not approved"}},
	{Send, Decider, []State{Batched}, Sent, 10, Label{"批次批准，送银行", "Batch approved, to the bank"}},
	{Pay, Program, []State{Sent}, Paid, 0, Label{"银行发放成功", "Paid by the bank"}},
	{PayPart, Program, []State{Sent}, Payable, 10, Label{"本期发放成功，等下一期", "This part is paid"}},
	{Stop, Decider, []State{Payable, Bounced}, Stopped, 0, Label{"停发", "Stopped"}},
	{Bounce, Program, []State{Sent}, Bounced, 10, Label{"银行退回", "Returned by the bank"}},
	{Mend, Owner, []State{Bounced}, Payable, 10, Label{"更正收款账户", "Account corrected"}},
	{Withdraw, Owner, []State{Draft, Submitted, Returned, Accepted, Checked}, Withdrawn, 0, Label{"撤回申请", "Withdrawn"}},
	{Appeal, Owner, []State{Refused}, Appealed, 30, Label{"提出申诉", "Appealed"}},
	{Reopen, Decider, []State{Appealed}, Accepted, 10, Label{"申诉成立，重新核验", "Appeal upheld, checked again"}},
	{Uphold, Decider, []State{Appealed}, Closed, 0, Label{"申诉不成立，维持原决定", "Appeal dismissed"}},
	{Auto, Program, []State{Draft}, Proposed, 5, Label{"免申即享，送审批", "Proposed without application"}},
}

// Deadlines that others ask for, in working days.
const (
	PublicDays = 5
	AppealDays = 40
)

// moveOf finds the transition of an act from a state.
func moveOf(act Act, from State) (Move, bool) {
	for _, m := range Moves {
		if m.Act == act && slices.Contains(m.From, from) {
			return m, true
		}
	}
	return Move{}, false
}

// wordOf is an act as the log shows it.
func wordOf(act Act, was State) Label {
	if m, ok := moveOf(act, was); ok {
		return m.Label
	}
	if act == Note {
		return Label{"记录", "Note"}
	}
	return Label{string(act), string(act)}
}
