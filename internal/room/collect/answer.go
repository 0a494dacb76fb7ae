package collect

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/person"
)

// Every is how long an answer counts: who was not asked for so many days is to be asked again.
const Every = 30 * 24 * time.Hour

// Whom to ask: people of working age (法定劳动年龄) who are no students.
const (
	youngest = 16
	oldest   = 59
)

// oldestAnswer is how late an answer may arrive from a phone.
const oldestAnswer = 180 * 24 * time.Hour

// The kinds of things that a coordinator sends.
const (
	KindNeed  = "need"  // what a person said, and hints about the person
	KindVisit = "visit" // a visit of a household
	KindNew   = "new"   // somebody who is not in the register
)

// Item is one form as a page or a phone sends it. Ids travel as text: a script's numbers are too short for them.
type Item struct {
	Key       string            `json:"key"`
	Kind      string            `json:"kind"`
	Person    string            `json:"person,omitempty"`
	Household string            `json:"household,omitempty"`
	Area      string            `json:"area,omitempty"`  // of a newcomer, 12 digits
	Asked     string            `json:"asked,omitempty"` // 2025-09-24; empty: today
	Seen      string            `json:"seen,omitempty"`  // key of the person's last answer when the form was made
	Over      string            `json:"over,omitempty"`  // key of the answer that this one is to stand above, after a conflict
	Answers   map[string]string `json:"answers"`
}

// Wrong is what cannot be taken of an answer, and how to mend it.
type Wrong struct{ Field, Text string }

// words is the text of a key in the reader's language.
type words func(key string, args ...any) string

// reading reads the answers of one form and collects what is wrong with them.
type reading struct {
	answers map[string]string
	t       words
	wrong   []Wrong
}

func (r *reading) fail(field, key string, args ...any) {
	r.wrong = append(r.wrong, Wrong{field, r.t(key, args...)})
}

// text is an answer in own words, of at most so many characters.
func (r *reading) text(name string, most int) string {
	s := strings.TrimSpace(norm.NFC.String(strings.ReplaceAll(strings.ToValidUTF8(r.answers[name], "�"), "\r\n", "\n")))
	if strings.ContainsRune(s, 0) {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	if n := utf8.RuneCountInString(s); n > most {
		r.fail(name, "collect.wrong.long", r.t("collect.f."+name), most, n)
		return ""
	}
	return s
}

// flag is yes, no or not said.
func (r *reading) flag(name string) *bool {
	var v bool
	switch r.answers[name] {
	case "":
		return nil
	case "yes":
		v = true
	case "no":
	default:
		r.fail(name, "collect.wrong.choice", r.t("collect.f."+name))
		return nil
	}
	return &v
}

func (r *reading) code(name string, list []person.Choice) string {
	v := r.answers[name]
	if v == "" {
		return ""
	}
	if _, ok := person.ChoiceOf(list, v); !ok {
		r.fail(name, "collect.wrong.choice", r.t("collect.f."+name))
		return ""
	}
	return v
}

// yuan is a monthly pay as fen.
func (r *reading) yuan(name string) int64 {
	s := strings.NewReplacer(",", "", "，", "", " ", "").Replace(r.text(name, 12))
	if s == "" {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 || n > 100_000 {
		r.fail(name, "collect.wrong.pay", s)
		return 0
	}
	return n * 100
}

func (r *reading) count(name string) int {
	s := r.text(name, 4)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 50 {
		r.fail(name, "collect.wrong.count", s)
		return 0
	}
	return n
}

func (r *reading) phone(name string) string {
	s := r.text(name, 40)
	if s == "" {
		return ""
	}
	tel, err := identity.ParsePhone(s)
	if err != nil {
		r.wrong = append(r.wrong, Wrong{name, err.Error()})
	}
	return tel
}

// day is when somebody was asked: today or up to half a year ago.
func (r *reading) day(field, s string, today time.Time) db.Date {
	if s == "" {
		return db.On(today)
	}
	day, ok := web.ParseDate(s)
	switch {
	case !ok:
		r.fail(field, "collect.wrong.day", strings.ToValidUTF8(s[:min(len(s), 40)], ""))
	case day.After(today):
		r.fail(field, "collect.wrong.future", s)
	case today.Sub(day) > oldestAnswer:
		r.fail(field, "collect.wrong.old", s, int(oldestAnswer.Hours()/24))
	}
	return db.On(day)
}

// said reads what a person said. PersonID, Key and who wrote it down are the caller's.
func (r *reading) said() person.Need {
	return person.Need{
		Resident: r.flag("resident"), Able: r.flag("able"), Willing: r.flag("willing"), Train: r.flag("train"),
		Skill: r.text("skill", 60), Occupation: r.text("occupation", 40), Pay: r.yuan("pay"), Place: r.code("place", person.NeedPlaces),
		Training: r.text("training", 40), Obstacle: r.code("obstacle", person.NeedObstacles), Doing: r.code("doing", person.NeedDoings),
		DoingAt: r.text("doing_at", 60), Note: r.text("note", 300), Source: r.code("source", person.NeedSources),
	}
}

// heard reads what may have changed about a person.
func (r *reading) heard() (hints []Hint) {
	if tel := r.phone("phone"); tel != "" {
		hints = append(hints, Hint{Kind: HintPhone, Value: tel})
	}
	if r.flagged("moved") {
		hints = append(hints, Hint{Kind: HintMoved, Value: r.text("moved_to", 60)})
	}
	if r.flagged("died") {
		hints = append(hints, Hint{Kind: HintDied})
	}
	return hints
}

func (r *reading) flagged(name string) bool { v := r.answers[name]; return v == "1" || v == "yes" }

// line is one item of an answer as people read it.
type line struct{ Label, Value string }

// tell writes an answer out, item by item; what was not said is left out.
func tell(t words, english bool, n *person.Need) (out []line) {
	add := func(name, value string) {
		if value != "" {
			out = append(out, line{t("collect.f." + name), value})
		}
	}
	flag := func(name string, v *bool) {
		if v != nil {
			add(name, t("collect."+map[bool]string{true: "yes", false: "no"}[*v]))
		}
	}
	code := func(name string, list []person.Choice, v string) {
		if c, ok := person.ChoiceOf(list, v); ok {
			add(name, c.Text(english))
		}
	}
	flag("resident", n.Resident)
	code("doing", person.NeedDoings, n.Doing)
	add("doing_at", n.DoingAt)
	flag("able", n.Able)
	add("skill", n.Skill)
	flag("willing", n.Willing)
	add("occupation", n.Occupation)
	if n.Pay > 0 {
		add("pay", t("collect.yuan", strconv.FormatInt(n.Pay/100, 10)))
	}
	code("place", person.NeedPlaces, n.Place)
	code("obstacle", person.NeedObstacles, n.Obstacle)
	flag("train", n.Train)
	add("training", n.Training)
	add("note", n.Note)
	return out
}
