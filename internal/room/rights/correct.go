package rights

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/person"
)

// Field is an attribute that can be corrected.
type Field struct {
	Code, Zh, En string
	Kind         string                                                         // of the form: text, select, radios, date, tel
	Options      func() []web.Option                                            // of select and radios
	Of           func(p *person.Person) string                                  // the value as it stands, in canonical form
	Show         func(value string) string                                      // a canonical value for people
	Parse        func(typed string, p *person.Person) (value string, err error) // nil: as typed
}

// Fields are what can be corrected, in the order of the page. The ID number's birth date and sex follow it.
var Fields = []Field{
	{"name", "姓名", "Name", "text", nil, func(p *person.Person) string { return p.Name }, same, parseName},
	{"idnumber", "公民身份号码", "ID number", "text", nil, func(p *person.Person) string { return p.IDNumber }, same, parseID},
	{"phone", "联系电话", "Phone", "tel", nil, func(p *person.Person) string { return p.Phone }, same, parsePhone},
	{"area", "居住地", "Home", "text", nil, func(p *person.Person) string { return p.Area }, area.FullName, parseArea},
	{"education", "文化程度", "Education", "select", educations, func(p *person.Person) string { return number(p.Education) }, choice(educations), nil},
	{"ethnic", "民族", "Ethnic group", "select", ethnics, func(p *person.Person) string { return p.Ethnic }, choice(ethnics), nil},
	{"relation", "与户主关系", "Relation to the head", "text", nil, func(p *person.Person) string { return p.Relation }, same, nil},
	{"rural", "户口性质", "Registration", "radios", rurals, func(p *person.Person) string { return flag(p.Rural) }, choice(rurals), nil},
	{"student", "在校学生", "Student", "radios", yesNo, func(p *person.Person) string { return flag(p.Student) }, choice(yesNo), nil},
	{"birth", "出生日期", "Birth date", "date", nil, func(p *person.Person) string { return day(p.Birth) }, same, nil},
	{"sex", "性别", "Sex", "radios", sexes, func(p *person.Person) string { return number(p.Sex) }, choice(sexes), nil},
}

// fieldOf finds a field by its code.
func fieldOf(code string) (Field, bool) {
	i := slices.IndexFunc(Fields, func(f Field) bool { return f.Code == code })
	if i < 0 {
		return Field{}, false
	}
	return Fields[i], true
}

func same(s string) string { return s }

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func flag(b bool) string { return map[bool]string{true: "1", false: "0"}[b] }

func choice(options func() []web.Option) func(string) string {
	return func(value string) string {
		for _, o := range options() {
			if o.Value == value {
				return o.Text
			}
		}
		return value
	}
}

func educations() (out []web.Option) {
	for _, e := range person.Educations {
		out = append(out, web.Option{Value: strconv.Itoa(e.Code), Text: e.Zh})
	}
	return out
}

func rurals() []web.Option {
	return []web.Option{{Value: "1", Text: "农业"}, {Value: "0", Text: "非农业"}}
}
func yesNo() []web.Option { return []web.Option{{Value: "1", Text: "是"}, {Value: "0", Text: "否"}} }
func sexes() []web.Option { return []web.Option{{Value: "1", Text: "男"}, {Value: "2", Text: "女"}} }

// ethnics are the 56 groups of GB/T 3304.
func ethnics() (out []web.Option) {
	for i, name := range strings.Fields("汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺") {
		out = append(out, web.Option{Value: fmt.Sprintf("%02d", i+1), Text: name + "族"})
	}
	return out
}

func parseName(typed string, _ *person.Person) (string, error) {
	if n := len([]rune(typed)); n < 2 || n > 40 || strings.ContainsAny(typed, "0123456789<>") {
		return "", fault.New(fault.Invalid, "姓名应为 2 至 40 个字，不含数字，您填的是“%s”", typed)
	}
	return typed, nil
}

func parseID(typed string, _ *person.Person) (string, error) {
	id, err := identity.ParseIDNumber(typed)
	if err != nil {
		return "", fault.Wrap(fault.Invalid, err, err.Error())
	}
	return id.Number, nil
}

func parsePhone(typed string, _ *person.Person) (string, error) {
	phone, err := identity.ParsePhone(typed)
	if err != nil {
		return "", fault.Wrap(fault.Invalid, err, err.Error())
	}
	return phone, nil
}

// parseArea takes a village's code, or its name where the league of the home has only one of that name.
func parseArea(typed string, p *person.Person) (string, error) {
	if len(typed) == 12 && area.Exists(typed) {
		return typed, nil
	}
	var found []string
	for _, banner := range area.Children(area.At(p.Area, area.League)) {
		for _, town := range area.Children(banner.Code) {
			for _, v := range area.Children(town.Code) {
				if full := area.FullName(v.Code); v.Name == typed || strings.HasSuffix(full, typed) {
					found = append(found, v.Code)
				}
			}
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) == 0:
		return "", fault.New(fault.Invalid, "没有找到嘎查村（社区）“%s”。请填写完整名称，如“巴彦浩特镇××社区”，或 12 位统计用区划代码", typed)
	}
	var names []string
	for _, code := range found[:min(5, len(found))] {
		names = append(names, area.FullName(code)+"（"+code+"）")
	}
	return "", fault.New(fault.Invalid, "叫“%s”的嘎查村（社区）有 %d 个：%s。请连同苏木乡镇一起填写，或填 12 位代码", typed, len(found), strings.Join(names, "、"))
}

// Asked is a correction that somebody asks for.
type Asked struct {
	PersonID int64
	Field    string
	Value    string // as typed
	Why      string
	Evidence string         // what shows it: 户口簿, 公安证明 …
	File     *evidence.File // Type and Content; nil: none
}

// object is what the room's evidence supports, evidenceName how it is called.
const (
	object       = "rights.correct"
	evidenceName = "证明材料"
)

// change is one attribute of an approved correction.
type change struct{ Field, Value string }

// Ask files a request for a correction, once for each key, and returns its id. The person themself asks, or an officer of
// where the person lives. Faults: NotFound, Denied, Invalid (with what is wrong with the value), Conflict (somebody else's
// number, nothing changes, a request about the attribute waits already), Repeat.
func (r *Room) Ask(ctx context.Context, who web.User, a Asked, once string) (id int64, err error) {
	p, err := r.People.Get(ctx, a.PersonID)
	if err != nil {
		return 0, err
	}
	if err := r.mayAsk(who, &p); err != nil {
		return 0, err
	}
	lines, changes, err := r.changes(ctx, &p, a)
	if err != nil {
		return 0, err
	}
	f, _ := fieldOf(a.Field)
	waits := fault.New(fault.Conflict, "这个人的“%s”已有一件更正申请在等待审批，请先等它办结或撤回", f.Zh)
	last, err := r.Approvals.List(ctx, approval.Filter{Kind: KindCorrect, Object: "person." + a.Field, ObjectID: p.ID}, 0, 1)
	if err != nil {
		return 0, err
	}
	turn := fmt.Sprintf("rights.correct.%s.%d.", a.Field, p.ID) // of two who ask at once after the same last request one is first
	if len(last) > 0 {
		turn += strconv.FormatInt(last[0].ID, 10)
		if last[0].State == approval.Waiting {
			return 0, waits
		}
	}
	req := approval.Request{Kind: KindCorrect, Object: "person." + a.Field, ObjectID: p.ID, PersonID: p.ID, Area: p.Area, Title: identity.MaskName(p.Name) + "的" + f.Zh,
		Why: a.Why + "。依据：" + a.Evidence, Href: fmt.Sprintf(atPerson, p.ID), Lines: lines, Payload: changes, By: who}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := tx.Once(ctx, turn, r.Clock.Now()); fault.Is(err, fault.Repeat) {
			return waits
		} else if err != nil {
			return err
		}
		if a.File != nil {
			file, err := r.Evidence.Add(ctx, tx, evidence.File{OwnerID: p.ID, Object: object, ObjectID: r.IDs.Next(), Name: evidenceName, Type: a.File.Type, Content: a.File.Content, ByID: who.ID})
			if err != nil {
				return err
			}
			req.Links = []approval.Link{{Text: "查看证明材料（" + web.Size(int64(len(a.File.Content))) + "）", Href: fmt.Sprintf("/rights/file/%d", file)}}
		}
		id, err = r.Approvals.Request(ctx, tx, req)
		return err
	})
	return id, err
}

// mayAsk asks whether somebody may ask for a correction of a file.
func (r *Room) mayAsk(who web.User, p *person.Person) error {
	if p.Name == person.Anonymous {
		return fault.New(fault.Conflict, "这份档案已匿名化，不能更正")
	}
	if who.Role == account.Seeker {
		return account.CanSeePerson(who, p.Area, p.ID)
	}
	return account.CanManagePerson(who, p.Area, p.ID)
}

// changes checks what was typed and says what would change.
func (r *Room) changes(ctx context.Context, p *person.Person, a Asked) (lines []approval.Line, list []change, err error) {
	f, known := fieldOf(a.Field)
	if !known {
		return nil, nil, fault.New(fault.NotFound, "没有这一项，或这一项不能这样更正")
	}
	value := a.Value
	if f.Parse != nil {
		if value, err = f.Parse(strings.TrimSpace(a.Value), p); err != nil {
			return nil, nil, err
		}
	}
	if value == f.Of(p) {
		return nil, nil, fault.New(fault.Invalid, "填的%s与现在的一样，没有要更正的内容", f.Zh)
	}
	add := func(f Field, value string) {
		lines = append(lines, approval.Line{Label: f.Zh, Before: f.Show(f.Of(p)), After: f.Show(value)})
		list = append(list, change{f.Code, value})
	}
	add(f, value)
	if f.Code != "idnumber" {
		return lines, list, nil
	}
	if err := r.free(ctx, r.DB, p.ID, value); err != nil {
		return nil, nil, err
	}
	id, err := identity.ParseIDNumber(value)
	if err != nil {
		return nil, nil, err
	}
	for _, follows := range []change{{"birth", day(id.Birth)}, {"sex", number(int(id.Sex))}} {
		if g, _ := fieldOf(follows.Field); g.Of(p) != follows.Value {
			add(g, follows.Value)
		}
	}
	return lines, list, nil
}

// free makes sure that an ID number is nobody else's.
func (r *Room) free(ctx context.Context, q db.Querier, personID int64, idNumber string) error {
	owner, err := r.People.ByIDNumber(ctx, q, idNumber)
	if err == nil && owner != 0 && owner != personID {
		err = fault.New(fault.Conflict, "这个证件号已登记在另一个人名下，不能更正成它。如两份档案是同一个人，请到“疑似同一人”办理合并")
	}
	return err
}

// corrected writes an approved correction into the register.
func (r *Room) corrected(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	var list []change
	if err := d.Payload(&list); err != nil {
		return err
	}
	p, err := r.People.Get(ctx, d.PersonID)
	if err != nil {
		return err
	}
	if err := account.CanSeeArea(d.By, p.Area); err != nil { // moved away since it was asked for
		return fault.New(fault.Denied, "此人现在的居住地属于%s，不在您的地区范围内，不能由您审批。请由上一级审批，或请当地重新提出", area.Name(area.At(p.Area, area.Banner)))
	}
	for _, c := range list {
		if c.Field == "idnumber" {
			if err := r.free(ctx, tx, d.PersonID, c.Value); err != nil {
				return err
			}
		}
	}
	why := d.Why
	if d.Reason != "" {
		why += "。审批意见：" + d.Reason
	}
	for _, c := range list {
		if err := r.Corrections.Correct(ctx, tx, Correction{PersonID: d.PersonID, Field: c.Field, Value: c.Value, Why: why, By: sign(d.By), ByID: d.By.ID}); err != nil {
			return err
		}
	}
	return nil
}
