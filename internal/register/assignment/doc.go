// Package assignment is the register of things sent to an area to be dealt with (交办): with a deadline in working days, an
// answer, and a yes or a return of whoever sent it. It goes both ways between levels: a league sends down (交办) and a banner
// sends up (上报). Everything sent together is the rectification ledger (整改台账), with figures for every area.
//
// A room names its kind once, when the house is built, and gives inside its own transaction:
//
//	a.Handle(assignment.Kind{Code: "intake.review", Zh: "疑似同一人核实", En: "Possible duplicate", Results: results, Do: r.answered})
//	id, err := a.Give(ctx, tx, assignment.Task{Kind: "intake.review", Object: "review", ObjectID: item.ID, From: "1529", To: "152921",
//		Title: "核实 苏＊＊ 是否同一人", Body: text, Href: page, WorkDays: 5, By: who})
//
// Do runs in the transaction that accepts an answer. Late is not a state but the clock's: an unanswered task whose
// deadline has gone by. Reminders are steps of the task, written at night (tasks.go).
//
// Body and answers are stored sealed; the title is not: it must not hold whole names or numbers.
//
// Pages: /assignment (sent to us, sent by us, ledger with figures), /assignment/{id}, /assignment/new.
package assignment
