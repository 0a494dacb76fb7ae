// Package dispatch is the room of key-enterprise dispatch (重点企业用工调度). It serves S55 (重点企业用工调度制度), S56 (公共就业服务
// 联系制度和就业服务专员), S64 (供需协同对接平台) and the push of S42 (企业名单及用工需求推送、项目用工需求预测).
//
//	unit.go      key enterprises by area and level, why and since when they are on the list, the service officer
//	request.go   visits, and what an enterprise asks for: who does it until when, and how content it was
//	report.go    the monthly report of staff, vacancies and demand: deadline, late, returned, versions
//	rate.go      what became of a gap: people newly insured by the employer, beside what the employer says
//	action.go    what was done about a gap: fair, push, labour cooperation, shared labour, training, the next level up
//	lead.go      departments' lists of projects with the labour they will need, each a lead for a banner
//	exchange.go  needs of enterprises, offers of agencies, the one chosen, its contract and result
//
// It publishes no vacancies (room jobs does, asked through Publisher) and rates no agencies (room market does, asked through
// Agencies). Hires are never what somebody typed: they are counted from the insurance register.
package dispatch
