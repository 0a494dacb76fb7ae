package intake

import (
	"context"
	"fmt"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// What the link answers of one record.
const (
	linkLinked   = "linked"   // this is the person
	linkReview   = "review"   // it may be, a human being has to look
	linkConflict = "conflict" // the number is somebody's, the name is not theirs
	linkNone     = "none"     // nobody in the client's area
	linkInvalid  = "invalid"  // the record itself is wrong
)

// LinkRecord is one record of a department. Only ref and one of name and number are needed.
type LinkRecord struct {
	Ref      string `json:"ref" minLength:"1" maxLength:"64" doc:"您自己的编号，原样返回；请不要用证件号"`
	Name     string `json:"name,omitempty" maxLength:"60" doc:"姓名"`
	IDNumber string `json:"id_number,omitempty" maxLength:"40" doc:"公民身份号码，15 位或 18 位"`
	Birth    string `json:"birth,omitempty" maxLength:"20" doc:"出生日期，1990-01-31"`
	Sex      string `json:"sex,omitempty" maxLength:"4" doc:"男或女"`
	Phone    string `json:"phone,omitempty" maxLength:"30" doc:"手机号"`
	Address  string `json:"address,omitempty" maxLength:"200" doc:"住址"`
}

// LinkResult is the answer to one record.
type LinkResult struct {
	Ref         string  `json:"ref"`
	Status      string  `json:"status" enum:"linked,review,conflict,none,invalid" doc:"linked 是同一人；review 可能是，要人工看；conflict 证件号相同而姓名不同；none 没有；invalid 这一条本身有误"`
	Person      string  `json:"person,omitempty" doc:"这个人的化名：只在您这里有效，每次都一样。只有 linked 时才有"`
	Probability float64 `json:"probability" doc:"是同一人的概率，0 到 1"`
	Rule        string  `json:"rule" doc:"依据哪一条"`
}

// LinkCounts are how many records got which answer.
type LinkCounts struct {
	Linked   int `json:"linked"`
	Review   int `json:"review"`
	Conflict int `json:"conflict"`
	None     int `json:"none"`
	Invalid  int `json:"invalid"`
}

func (c *LinkCounts) add(status string) {
	*map[string]*int{linkLinked: &c.Linked, linkReview: &c.Review, linkConflict: &c.Conflict, linkNone: &c.None, linkInvalid: &c.Invalid}[status]++
}

type linkInput struct {
	Body struct {
		Records []LinkRecord `json:"records" minItems:"1" maxItems:"1000"`
	}
}

type linkOutput struct {
	Body struct {
		Results []LinkResult `json:"results"`
		Counts  LinkCounts   `json:"counts"`
	}
}

// linkFound is what the register says of one record.
type linkFound struct {
	status      string
	personID    int64 // 0 unless linked
	area        string
	probability float64
	rule        string
}

func (a *api) link(ctx context.Context, in *linkInput) (*linkOutput, error) {
	c := callerOf(ctx)
	found, err := a.linkAll(ctx, in.Body.Records)
	if err == nil {
		err = a.likely(ctx, c.Area, in.Body.Records, found)
	}
	if err != nil {
		return nil, problem(err)
	}
	out := &linkOutput{}
	out.Body.Results = make([]LinkResult, len(found))
	var entries []audit.Entry
	told := map[int64]bool{}
	for i, f := range found {
		if f.status != linkInvalid && f.area != "" && !area.Within(f.area, c.Area) {
			f = nobodyHere // not even that there is somebody elsewhere
		}
		r := LinkResult{Ref: in.Body.Records[i].Ref, Status: f.status, Probability: f.probability, Rule: f.rule}
		if f.status == linkLinked {
			r.Person = a.Clients.Pseudonym(c.ID, f.personID)
			if !told[f.personID] {
				told[f.personID] = true
				entries = append(entries, audit.Entry{ActorID: c.ID, Actor: c.Signature(), Act: "person.link", Object: "person", ObjectID: f.personID, Area: f.area,
					What: "以“" + account.PurposeName(c.purpose) + "”为用途比对到本人，只给出化名"})
			}
		}
		out.Body.Results[i] = r
		out.Body.Counts.add(f.status)
	}
	n := out.Body.Counts
	entries = append(entries, audit.Entry{ActorID: c.ID, Actor: c.Signature(), Act: "api.link", Object: "client", ObjectID: c.ID, Area: c.Area,
		What: fmt.Sprintf("以“%s”为用途比对 %d 条：同一人 %d，待核 %d，冲突 %d，没有 %d，有误 %d", account.PurposeName(c.purpose), len(found), n.Linked, n.Review, n.Conflict, n.None, n.Invalid)})
	err = a.DB.Tx(ctx, func(tx *db.Tx) error { return a.Audit.Write(ctx, tx, entries...) })
	return out, problem(err)
}

var nobodyHere = linkFound{status: linkNone, rule: "实名库中您的地区内没有这个人"}

// linkAll links records by the first rules of the linkage: a valid number with an agreeing name is the person, with another
// name it is a conflict. What that leaves open is asked of the weights, see likely.
func (r *Room) linkAll(ctx context.Context, records []LinkRecord) ([]linkFound, error) {
	found := make([]linkFound, len(records))
	hashes, at := make([]person.Hash, 0, len(records)), make([]int, 0, len(records))
	for i := range records {
		number, err := identity.ParseIDNumber(records[i].IDNumber)
		switch {
		case strings.TrimSpace(records[i].IDNumber) == "":
			found[i] = linkFound{status: linkInvalid, rule: "没有证件号，无法确认是谁"}
		case err != nil:
			found[i] = linkFound{status: linkInvalid, rule: fault.TextOf(fault.Wrap(fault.Invalid, nil, err.Error()))}
		case strings.TrimSpace(records[i].Name) == "":
			found[i] = linkFound{status: linkInvalid, rule: "没有姓名：只凭证件号不能确认是谁"}
		default:
			hashes, at = append(hashes, r.People.HashOf(number.Number)), append(at, i)
		}
	}
	people, err := r.People.Find(ctx, r.DB, hashes)
	if err != nil {
		return nil, err
	}
	for k, i := range at {
		p, known := people[hashes[k]]
		switch {
		case !known:
			found[i] = nobodyHere
		case p.NameKey != person.NameKey(records[i].Name):
			found[i] = linkFound{status: linkConflict, area: p.Area, rule: "证件号相同，姓名不同"}
		default:
			found[i] = linkFound{status: linkLinked, personID: p.ID, area: p.Area, probability: 1, rule: "证件号有效且姓名一致"}
		}
	}
	return found, nil
}
