package message

import (
	"fmt"
	"slices"
	"time"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
)

// Kind is one sort of message, named by the room that sends it.
type Kind struct {
	Code    string // room and noun: "policy.found"
	Zh, En  string
	Roles   []string // who may get it: what their settings list
	Legal   bool     // a notice that the law demands: needs no consent, cannot be unsubscribed from
	Consent bool     // only to people who have agreed to be told (purpose 政策推送)
	Every   int      // days within which the same is not said again about the same thing; 0: no limit
	Parts   int      // parts an SMS may have, 0: one

	// Words and Key are the template: Key.title, Key.body and, where the kind goes by SMS, Key.sms, with places {0}, {1}. Nil
	// where every message brings its own title and body.
	Words *lang.Dict
	Key   string

	Answers []Answer // what the reader may answer; nil: nothing
}

// Answer is one answer to choose from.
type Answer struct{ Code, Zh, En string }

func (k *Kind) name(language string) string { return pick(language, k.Zh, k.En) }

// answer is what the reader is shown of an answer's code, "" when the kind has none such.
func (k *Kind) answer(language, code string) string {
	i := slices.IndexFunc(k.Answers, func(a Answer) bool { return a.Code == code })
	if i < 0 {
		return ""
	}
	return pick(language, k.Answers[i].Zh, k.Answers[i].En)
}

func pick(language, zh, en string) string {
	if language == lang.English && en != "" {
		return en
	}
	return zh
}

// To is who is told: exactly one of them.
type To struct {
	PersonID   int64
	EmployerID int64
	AccountID  int64  // of staff; an account of a person or an employer means these
	Officers   string // everybody who has an account for exactly this area
}

// Text is a text in both languages; English may be empty.
type Text struct {
	Zh string `json:"zh"`
	En string `json:"en,omitempty"`
}

func (t Text) in(language string) string { return pick(language, t.Zh, t.En) }

// Message is something to be told.
type Message struct {
	Kind        string
	To          To
	About       string // what it is about within the kind: the policy's number, "case 17"; "" for nothing
	Area        string // where the reader lives or is registered: figures are told by it
	Args        []any  // for the places of the kind's template
	Title, Body Text   // in place of the template's
	Href        string // page where something can be done; "" for none
	Once        string // the same key tells the same reader once; "": no key
	NotBefore   time.Time
	Channels    []string // besides the box: SMS, WeChat
}

// Channels besides the box.
const (
	SMS    = "sms"
	WeChat = "wechat"
)

var channels = []string{SMS, WeChat}

// Outcome is what became of a message.
type Outcome string

// The outcomes.
const (
	Told      Outcome = "told"
	NoConsent Outcome = "noconsent" // has not agreed to be told
	Muted     Outcome = "muted"     // has unsubscribed
	Again     Outcome = "again"     // was told the same lately, or under the same key
	Nobody    Outcome = "nobody"    // an area without officers, an account that is gone
)

// Sent is what became of a message; ID is 0 unless it was told.
type Sent struct {
	ID      int64
	Outcome Outcome
}

// Item is a message in somebody's box.
type Item struct {
	ID          int64
	Kind        string
	About, Href string
	Shown       time.Time // since when it stands in the box
	Opened      time.Time // zero: unread
	Answered    time.Time
	Answer      string
	Acted       time.Time
	Title, Body Text

	owner  owner
	sealed []byte
}

// owner is whose box it is: one of the three is not 0.
type owner struct{ person, employer, account int64 }

func (o owner) none() bool { return o == owner{} }

// content is what is sealed.
type content struct {
	Title Text   `json:"title"`
	Body  Text   `json:"body"`
	SMS   string `json:"sms,omitempty"`
}

// check says what is wrong with a message before anything is written.
func (m *Message) check(known bool) error {
	marks := 0
	for _, is := range []bool{m.To.PersonID != 0, m.To.EmployerID != 0, m.To.AccountID != 0, m.To.Officers != ""} {
		if is {
			marks++
		}
	}
	switch {
	case !known:
		return fault.New(fault.Internal, "没有“%s”这一类消息", m.Kind)
	case marks != 1:
		return fault.New(fault.Internal, "消息“%s”应写明一个收件人，写了 %d 个", m.Kind, marks)
	}
	for _, c := range m.Channels {
		if !slices.Contains(channels, c) {
			return fault.New(fault.Internal, "没有“%s”这个发送渠道", c)
		}
	}
	return nil
}

// write fills in the texts of a message.
func (k *Kind) write(m *Message) (content, error) {
	c := content{Title: m.Title, Body: m.Body}
	if k.Words != nil && c.Title.Zh == "" {
		c.Title, c.Body = k.words("title", m.Args), k.words("body", m.Args)
	}
	if c.Title.Zh == "" {
		return c, fault.New(fault.Invalid, "消息“%s”没有标题", k.Zh)
	}
	if !slices.Contains(m.Channels, SMS) {
		return c, nil
	}
	text := c.Title.Zh
	if k.Words != nil && k.Words.Has(k.Key+".sms") {
		text = k.Words.T(lang.Chinese, k.Key+".sms", m.Args...)
	}
	c.SMS = smsText(text, !k.Legal)
	if n, most := parts(c.SMS), max(1, k.Parts); n > most {
		return c, fault.New(fault.Invalid, "短信“%s”有 %d 个字，要分 %d 条发，这一类最多 %d 条，请把文字改短", k.Zh, letters(c.SMS), n, most)
	}
	return c, nil
}

func (k *Kind) words(what string, args []any) Text {
	key := k.Key + "." + what
	return Text{Zh: k.Words.T(lang.Chinese, key, args...), En: k.Words.T(lang.English, key, args...)}
}

// ready says what is wrong with a kind's template.
func (k *Kind) ready() error {
	if k.Words == nil {
		return nil
	}
	for _, what := range []string{"title", "body"} {
		if !k.Words.Has(k.Key + "." + what) {
			return fmt.Errorf("message: kind %s has no words %s.%s", k.Code, k.Key, what)
		}
	}
	if k.Words.Has(k.Key + ".sms") {
		if text := smsText(k.Words.T(lang.Chinese, k.Key+".sms"), !k.Legal); parts(text) > max(1, k.Parts) {
			return fmt.Errorf("message: the SMS of kind %s has %d characters without what is filled in", k.Code, letters(text))
		}
	}
	return nil
}
