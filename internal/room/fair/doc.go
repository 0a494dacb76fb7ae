// Package fair is the room of job fairs (招聘会). It serves S54 (每月专场、每周小型招聘会，校园、跨城市、行业和线上招聘会): the
// calendar, the plan of a fair, booths, codes and the check-in at the door, an allocation of the registered seekers over the
// booths' vacancies, what was agreed at the booths, and what came of it.
//
//	fair.go booth.go visit.go slot.go code.go   what there is, and its rules
//	plan.go unit.go door.go talk.go             acts: planning, booths, registering and checking in, interviews
//	allocate.go invite.go export.go             who is invited where and when, changed by hand, exported, sent
//	follow.go report.go                         hires confirmed by insurance after 1 and 3 months; a fair against like fairs
//
// It does not publish vacancies and keeps no applications: room jobs does. A fair shows vacancies that are open in the
// register. Nobody is turned away at the door for not being invited.
package fair
