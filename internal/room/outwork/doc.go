// Package outwork is the room of labour cooperation (劳务协作). It serves S60 (区内外劳务协作，有组织输出，稳定就业 6 个月以上), S61 (京蒙、
// 冀蒙等协作协议), S62 (劳务品牌) and S63 (外出务工服务中心): agreements between places, batches of demand passed down as numbers,
// the people who go together, what social insurance shows of their staying, and help for those who are away.
//
//	agreement.go batch.go member.go away.go brand.go   what there is, and its rules
//	stay.go                                            six months of stable work, from register facts alone
//	act_*.go                                           acts: agreements and brokers, batches, groups, people away, brands
//	follow.go                                          at night: what the register shows of each person, and the figures by area and year
//
// Who is at work, and for how long, is never what somebody typed: it is drawn from employment registration and insurance. The room
// computes no travel subsidies and pays nothing; it leads to room policy for that.
package outwork
