// Package cycle is the reporting cycle and what comes of it (调度与简报). It serves S172 (年度、中期、总结评估), S173 (月调度、季分析、半年总结、
// 年度评估), S174 (简报) and S182 (典型经验、典型人物库).
//
//	round.go    one round of the cycle: which areas report on which months by when
//	form.go     what one area hands in: figures of the register, figures of its own, what it says about them
//	sums.go     the parts against the whole
//	facts.go    everything that a document is written from
//	brief.go    a briefing's text from the facts; evaluate.go the evaluation reports'
//	paper.go    a document: draft, checked by somebody else, issued; issued ones never change
//	case.go     good practice and people, approved from above; case_person.go takes them down with their consent
//
// Figures come from register/indicator and go back there: a figure that a unit reports is a Report of the register. What units write is
// stored sealed. The room does not press units that are late beyond reminding them: it tells whoever supervises (Supervision).
package cycle
