// Package gig is the market for day work (零工市场) and the lending of labour between enterprises (共享用工). It serves S57
// (日结用工、即时录用、双方考勤、支付确认), S58 (零工市场、劳务市场的登记和每日信息) and S59 (共享用工).
//
//	job.go       day work: kind, days, hours, price; what it pays by the hour against the minimum wage
//	take.go      places taken: never more than there are, nobody twice at one time; attendance said by both sides; what is owed
//	worker.go    who offers days, kinds and a price; teams that people join themselves
//	fit.go       which jobs suit a worker and which workers a job, with reasons
//	market.go    the markets and their days
//	share.go     surplus and need of enterprises, the agreement, each person's own consent, the return
//
// Nothing here costs anybody anything, and no money moves: payments are told by the one side and confirmed by the other. Prices
// are never bid for. Lending does not change whose employee somebody is. The advert rules are engine/rank/advert's; registered
// vacancies are room jobs'.
package gig
