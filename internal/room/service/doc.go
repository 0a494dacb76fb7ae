// Package service is the room of the service station (服务站): what happens at a counter.
//
// It serves 就业登记、失业登记 for urban and rural people, flexible and new-form workers (S24), service by any of the four
// places 户籍地、常住地、参保地、就业地 and routing between them (S25), personnel archives of people without a unit (S39 流动人员人事档案),
// the case base of returnee founders (S41 返乡入乡创业案例库), and labour demand that departments push before a project
// starts (S42).
//
// A registration becomes a source record of the employment centre (through Register, which the intake room fills), so that
// it has lineage and can be taken back as any row of a file. What the counter itself keeps is the receipt.
//
// It is not for deciding entitlement (policy), for choosing vacancies (jobs), or for following people (casework).
package service
