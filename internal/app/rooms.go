package app

// RoomInfo tells in one line what a room is for.
type RoomInfo struct{ Name, Zh, Serves string }

// Rooms are the rooms that stand today.
var Rooms = []RoomInfo{
	{"intake", "信息采集与比对", "S20～S24、S37、S38：部门表格导入，逐行检查，与实名库比对，疑似同一人审核"},
	{"policy", "政策找人与补贴", "S130～S140：十项政策逐人逐单位判断，能享受、差一点、缺信息、不符合都有理由"},
	{"jobs", "就业对接", "S05、S06、S50～S74：岗位发布、查找、匹配、应聘，有活没人干和有人没活干两张清单"},
	{"casework", "跟踪帮扶", "S02、S27、S28、R28、R82：零就业家庭 10 个工作日安置，一人一档，工作台"},
	{"collect", "入户采集", "S30、S31：嘎查村协管员用手机逐户询问，没有信号也能填，变更线索和新增人员由旗县核实"},
	{"rights", "个人信息权益", "《个人信息保护法》第四章：更正须由另一人审批，同意随时可撤回，到期数据告知后匿名化"},
	{"plan", "规划监测与督办", "S170～S184：17 项指标由登记数据算出，逐级下钻到人，任务与责任单位"},
}
