// Package collect is the room for asking people at home (信息采集): the households of a village, what each member of
// working age says of ability, will, wishes and training, hints of what has changed, and people who live there without
// being in the register. A coordinator (嘎查村劳动保障协管员) works with it on a phone that has no signal: the pages of a
// village are taken along, answers wait in an outbox on the phone and are sent when there is a network again.
//
// It serves the labour survey of resettlement areas with its five items (S30: 人数、就业能力、就业需求、就业意愿、职业培训需求),
// the periodic survey of villages (S31), the twin "not visited in 30 days" of every real-name list, and field collection
// without a network.
//
// It is not for changing identities: that somebody has moved, died or has a new telephone is a hint for the desk, and
// somebody new waits for the comparison with the register (intake). It does not count for the plan.
package collect
