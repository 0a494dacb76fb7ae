// Package market is the supervision of the labour market (人力资源市场监管). It serves S66 (许可、信用、投诉), S67 (虚假和歧视性招聘的
// 投诉处理与联合约谈), S68 (骨干企业和产业园名录), S73 (政府购买服务), S74 (一站式服务项目公开) and, lightly, S64 (供需协同对接).
//
//	complaint.go   a complaint about an advert, a unit or an agency: received, accepted, correcting, closed; deadlines in working days
//	agency.go      agencies: licence, items of service, yearly report, park
//	credit.go      credit events by a dated table of points, and the rating A to D with its reasons
//	purchase.go    services bought: contract, deliverables, acceptance by a second person, what is payable
//	park.go need.go   parks and backbone firms with their yearly output; needs and offers
//
// A complaint's text and whoever brought it are stored sealed; the unit complained about never learns who it was. No money is moved
// here: amounts are only told.
package market
