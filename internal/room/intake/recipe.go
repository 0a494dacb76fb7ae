package intake

import (
	"hash/fnv"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// recipe is what a row becomes.
type recipe struct {
	needs  []string // fields that a template must have for it
	joins  bool     // the row is about somebody in the register
	since  string   // the field that tells from when it holds; "": the row does not tell
	key    []string // fields that make it the same fact in the next delivery
	speaks []string // attributes of people that it tells, see golden.go
	// check looks at what only this recipe knows; nil: nothing.
	check func(r *record)
	// fact adds the row's fact; nil for rows that become people, employers or vacancies.
	fact func(r *record, owner, unit int64, to *facts)
}

// facts is what a block of rows becomes.
type facts struct {
	person.Batch
	abilities []answer
}

// answer is what somebody said on registering, and when.
type answer struct {
	person.Ability
	since db.Date
}

var recipes = map[string]recipe{
	"person":   {needs: []string{"name", "idnumber", "household", "relation", "ethnic", "rural", "area"}, speaks: attributes, check: checkPerson},
	"employer": {needs: []string{"employer", "creditcode", "kind", "industry", "area", "opened"}},
	"vacancy": {needs: []string{"employer", "creditcode", "title", "openings", "area", "posted", "closes"}, since: "posted",
		key: []string{"creditcode", "title", "occupation", "area", "posted", "paylow", "payhigh", "education"}},
	"registration": {needs: []string{"name", "idnumber", "since"}, joins: true, since: "since", key: []string{"since"},
		speaks: append([]string{"able", "willing"}, everybodySays...), fact: registration},
	"spell": {needs: []string{"name", "idnumber", "since", "kind", "urban"}, joins: true, since: "since", key: []string{"since", "kind", "creditcode"},
		speaks: everybodySays, fact: spell},
	"group": {needs: []string{"name", "idnumber", "since", "group"}, joins: true, since: "since", key: []string{"group", "since"},
		speaks: everybodySays, fact: group},
	"insurance": {needs: []string{"name", "idnumber", "kind", "from"}, joins: true, since: "from", key: []string{"kind", "creditcode", "from"},
		speaks: everybodySays, check: checkInsurance, fact: insurance},
	"graduate": {needs: []string{"name", "idnumber", "graduated", "school", "degree"}, joins: true, since: "graduated", key: []string{"graduated"},
		speaks: everybodySays, fact: graduate},
	"training": {needs: []string{"name", "idnumber", "class", "since", "until", "subsidised"}, joins: true, since: "since", key: []string{"class"},
		speaks: everybodySays, fact: training},
	"certificate": {needs: []string{"name", "idnumber", "issued", "level"}, joins: true, since: "issued", key: []string{"issued", "level"},
		speaks: everybodySays, fact: certificate},
	"survey": {needs: []string{"name", "idnumber", "month", "status", "urban"}, joins: true, since: "month", key: []string{"month"},
		speaks: everybodySays, fact: survey},
	"identity": {needs: []string{"name", "idnumber"}, joins: true, since: "since", speaks: attributes}, // says who somebody is, and no fact
	"death":    {needs: []string{"name", "idnumber", "died"}, joins: true, since: "died", speaks: append([]string{"died"}, everybodySays...)},
}

// checkPerson lets the ID number decide where birth or sex beside it say otherwise.
func checkPerson(r *record) {
	id := r.get("idnumber")
	if birth := r.get("birth"); birth.set && birth.n != id.n {
		r.remind("birth", r.t.Columns[r.t.index["birth"]].Header)
	}
	if sex := r.get("sex"); sex.set && sex.n != int64(sexOf(id.text)) {
		r.remind("sex", r.t.Columns[r.t.index["sex"]].Header)
	}
}

// sexOf reads the sex from a valid ID number (GB 11643: the 17th digit is odd for men).
func sexOf(number string) int {
	if number[16]&1 == 1 {
		return person.Male
	}
	return person.Female
}

// personOf is the person of a row; id and household are given when it is written.
func personOf(r *record) *person.Person {
	number := r.text("idnumber")
	return &person.Person{Name: r.text("name"), Sex: sexOf(number), Birth: r.get("idnumber").day().Time, Ethnic: r.text("ethnic"),
		Education: int(r.get("education").n), IDNumber: number, Phone: r.text("phone"), Area: twelve(r.text("area")), Rural: r.yes("rural"),
		Relation: r.text("relation"), Student: r.yes("student")}
}

func registration(r *record, owner, _ int64, to *facts) {
	since := r.get("since").day()
	to.Registrations = append(to.Registrations, person.Registration{PersonID: owner, Since: since, Until: r.get("until").day(),
		Reason: r.text("reason"), Outcome: r.text("outcome"), Occupation: r.text("occupation"), Pay: r.get("pay").n})
	if a := (person.Ability{PersonID: owner, Able: r.maybe("able"), Willing: r.maybe("willing")}); a.Able != nil || a.Willing != nil {
		to.abilities = append(to.abilities, answer{a, since})
	}
}

func spell(r *record, owner, unit int64, to *facts) {
	to.Spells = append(to.Spells, person.Spell{PersonID: owner, Since: r.get("since").day(), Kind: r.text("kind"), EmployerID: unit,
		Until: r.get("until").day(), Urban: r.yes("urban"), NewForm: r.yes("newform"), Area: r.text("area"),
		Contract: int(r.get("contract").n), Occupation: r.text("occupation")})
}

func group(r *record, owner, _ int64, to *facts) {
	since := r.get("since")
	if i, has := r.t.index["since"]; has && r.t.Columns[i].Type == "year" {
		since.n = clock.Date(int(since.n), time.January, 1).Unix() / 86400
	}
	detail := r.text("detail")
	if degree := r.text("degree"); degree != "" {
		detail += " " + degree
	}
	to.Groups = append(to.Groups, person.Group{PersonID: owner, Kind: r.text("group"), Since: since.day(), Until: r.get("until").day(), Detail: detail})
}

// checkInsurance asks for the unit where one pays.
func checkInsurance(r *record) {
	kind := r.text("kind")
	if i, has := r.t.index["creditcode"]; has && !r.values[i].set && (kind == person.Pension || kind == person.Unemployment) {
		r.refuse(i, refuse("need", "必填项空着：职工参保须有统一社会信用代码，请补填"))
	}
}

func insurance(r *record, owner, unit int64, to *facts) {
	to.Insurances = append(to.Insurances, person.Insurance{PersonID: owner, Kind: r.text("kind"), EmployerID: unit,
		From: int(r.get("from").n), To: int(r.get("to").n)})
}

func graduate(r *record, owner, _ int64, to *facts) {
	to.Graduates = append(to.Graduates, person.Graduate{PersonID: owner, Graduated: r.get("graduated").day(), School: r.text("school"),
		Degree: int(r.get("degree").n), Major: r.text("major")})
}

func training(r *record, owner, _ int64, to *facts) {
	to.Trainings = append(to.Trainings, person.Training{PersonID: owner, Class: r.text("class"), Since: r.get("since").day(), Until: r.get("until").day(),
		Hours: int(r.get("hours").n), Subsidised: r.yes("subsidised"), Occupation: r.text("occupation")})
}

func certificate(r *record, owner, _ int64, to *facts) {
	to.Certificates = append(to.Certificates, person.Certificate{PersonID: owner, Issued: r.get("issued").day(), Level: int(r.get("level").n), Occupation: r.text("occupation")})
}

func survey(r *record, owner, _ int64, to *facts) {
	to.Surveys = append(to.Surveys, person.Survey{PersonID: owner, Month: int(r.get("month").n), Status: int(r.get("status").n), Urban: r.yes("urban")})
}

// employerOf is the employer of a row of the 企业 sheet; id and founder are given when it is written.
func employerOf(r *record) employer.Employer {
	return employer.Employer{CreditCode: r.text("creditcode"), Name: r.text("employer"), Kind: r.text("kind"), Industry: r.text("industry"),
		Area: r.text("area"), Opened: r.get("opened").day(), Staff: int(r.get("staff").n), Phone: r.text("phone")}
}

// unitKinds are the kinds of employers by the first two characters of a credit code (GB 32100).
var unitKinds = map[string]string{"92": employer.Individual, "51": employer.Organisation, "52": employer.Organisation, "53": employer.Organisation,
	"81": employer.Organisation, "11": employer.Institution, "12": employer.Institution, "13": employer.Institution}

// unitOf is what a row of another sheet says of an employer that the register does not know yet.
func unitOf(r *record) employer.Employer { return unitNamed(r.text("employer"), r.text("creditcode")) }

// unitNamed is an employer of which only name and code are known: the code tells kind and place of registration.
func unitNamed(name, code string) employer.Employer {
	e := employer.Employer{CreditCode: code, Name: name, Kind: unitKinds[code[:2]], Area: code[2:8]}
	if e.Kind == "" {
		e.Kind = employer.Enterprise
	}
	if e.Name == "" {
		e.Name = code
	}
	return e
}

// vacancyOf is the vacancy of a row. Its id comes from what makes it the same vacancy in the next delivery: unit, title,
// occupation, place, pay, schooling and first day.
func vacancyOf(r *record, unit int64) employer.Vacancy {
	v := employer.Vacancy{EmployerID: unit, Title: r.text("title"), Occupation: r.text("occupation"), Openings: int(r.get("openings").n),
		PayLow: r.get("paylow").n, PayHigh: r.get("payhigh").n, Education: int(r.get("education").n), Area: r.text("area"),
		Contract: int(r.get("contract").n), Posted: r.get("posted").day(), Closes: r.get("closes").day(), Benefits: r.text("benefits"), State: employer.Open}
	h := fnv.New64a()
	for _, part := range []string{itoa(unit), v.Title, v.Occupation, v.Area, v.Posted.String(), itoa(v.PayLow), itoa(v.PayHigh), itoa(int64(v.Education))} {
		_, _ = h.Write([]byte(part + "\x00")) // a hash takes everything
	}
	v.ID = int64(h.Sum64() >> 1)
	return v
}
