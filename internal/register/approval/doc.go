// Package approval is the register of two-person decisions (一人提出、另一人审批), once for the whole house: whoever asks for a
// change never decides on it (《个人信息保护法》第五十一条：合理确定个人信息处理的操作权限; 经办与复核分离).
//
// A room names its kind of request once, when it is built, and asks inside its own transaction:
//
//	a.Handle(approval.Kind{Code: "rights.correct", Zh: "更正个人信息", En: "Correction of personal data", Do: r.corrected})
//	id, err := a.Request(ctx, tx, approval.Request{Kind: "rights.correct", Object: "person", ObjectID: p.ID, PersonID: p.ID,
//		Area: p.Area, Title: "苏＊＊的联系电话", Why: reason, Lines: lines, Payload: change, By: who})
//
// Do runs in the transaction of the last yes; what it refuses with a fault, the person who decides reads, and nothing has
// happened. Ended runs when a request ends in any other way: refused, taken back, or not decided within its days.
//
// Payload, reason and the lines before → after are stored sealed. The title is not: it must not hold whole names or numbers.
//
// Pages: /approval lists requests (waiting, decided, my own), /approval/{id} shows one and takes the decision.
package approval
