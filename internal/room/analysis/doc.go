// Package analysis is the room of supply and demand on the labour market (市场供求分析). It serves S65 (供求分析、发布求人倍率和
// 短缺职业): openings against people looking for work by occupation, place and period, a quarterly report with figures that can be
// traced, what is expected of this quarter and the next with its past errors, and employers that will probably hire
// although they publish nothing (潜在岗位).
//
//	period.go sums.go   months, quarters, what is counted, the rule of small numbers
//	count.go            the nightly count: one pass over registrations, vacancies and spells
//	outlook.go          what is expected, by engine/series
//	lead.go             employers likely to hire, from insurance flows, and how good such lists were
//	report*.go          the quarterly report: written from numbers, checked by a second person, published, corrected
//
// Pages read the sums only; nobody is counted while somebody waits. It publishes no vacancies and sends nobody anywhere: room
// jobs does.
package analysis
