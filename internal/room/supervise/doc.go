// Package supervise is the room of supervision and appraisal (督办考核). It serves S175 (督办：提醒、催办、监督贯通协调平台), S177 (责任清单和联络员),
// S178 (分工方案：职责、时间表、路线图), S179 (就业目标责任考核), S181 (激励、容错、问责台账), S183 (议事协调) and S184 (检查督导).
//
//	duty.go rule.go night.go   a duty with milestones; remind → press → escalate by dated rules, every step on record
//	form.go                    a form of another room that has not come is a duty too, and closes when it comes
//	unit.go                    units and their one liaison each
//	catalogue.go               what the documents 000, 001, 002 and 004 want, ready to be split into duties of an area's units
//	meeting.go inspect.go      decisions, problems and findings are duties too: the same milestones and the same pressing
//	ledger.go                  good work, tolerance, accountability: only by two people
//	score.go appraisal.go      a year's appraisal: criteria, lines, hash of the inputs, appeals, final by two people
//
// Whatever people write freely (progress, answers, findings, liaisons' names and telephones) is stored sealed. The room judges
// nobody: it tells dates, figures and who did what, and leaves every consequence to two people.
package supervise
