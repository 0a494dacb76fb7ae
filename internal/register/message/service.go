package message

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/person"
)

// Consents tells which people have agreed to be told of policies and services.
type Consents interface {
	Allowed(ctx context.Context, ids []int64) (map[int64]bool, error)
}

// Deps is what the register stands on.
type Deps struct {
	DB       *db.DB
	People   *person.Store
	Sealer   *seal.Sealer
	Clock    clock.Clock
	IDs      *id.Maker
	Consents Consents        // nil: nobody has agreed
	Sinks    map[string]Sink // by channel; one that is missing lets its messages wait
}

// Service is the message centre.
type Service struct {
	Deps
	kinds map[string]*Kind
	order []string
}

// New makes the register.
func New(d Deps) *Service { return &Service{Deps: d, kinds: map[string]*Kind{}} }

// Handle names a kind. It is called while the house is built; the error says what is wrong with its template.
func (s *Service) Handle(k Kind) error {
	if err := k.ready(); err != nil {
		return err
	}
	if _, again := s.kinds[k.Code]; !again {
		s.order = append(s.order, k.Code)
	}
	s.kinds[k.Code] = &k
	return nil
}

// ownerFor is whose box an account looks into.
func ownerFor(account, person, employer int64) owner {
	switch {
	case person != 0:
		return owner{person: person}
	case employer != 0:
		return owner{employer: employer}
	}
	return owner{account: account}
}

func ownerOf(u web.User) owner { return ownerFor(u.ID, u.PersonID, u.EmployerID) }

// Send tells one, as part of the caller's transaction. Faults: Invalid (too long), Internal (unknown kind).
func (s *Service) Send(ctx context.Context, tx *db.Tx, m Message) (Sent, error) {
	sent, err := s.SendAll(ctx, tx, []Message{m})
	if err != nil {
		return Sent{}, err
	}
	return sent[0], nil
}

// draft is one message for one box.
type draft struct {
	at   int // place in the list
	kind *Kind
	m    *Message
	to   owner
	text content
	once string
}

// SendAll is Send for many at once; the outcomes stand in the order of the messages. Of a message to several officers the
// outcome is Told when one of them was told.
func (s *Service) SendAll(ctx context.Context, tx *db.Tx, list []Message) ([]Sent, error) {
	sent := make([]Sent, len(list))
	byKind := map[string][]draft{}
	drafts, err := s.drafts(ctx, tx, list)
	if err != nil {
		return nil, err
	}
	for i := range sent {
		sent[i].Outcome = Nobody
	}
	for _, d := range drafts {
		byKind[d.m.Kind] = append(byKind[d.m.Kind], d)
	}
	var items, outs [][]any
	for _, code := range s.order {
		pass, err := s.pass(ctx, tx, s.kinds[code], byKind[code])
		if err != nil {
			return nil, err
		}
		for i := range byKind[code] {
			d, o := &byKind[code][i], pass[i]
			if sent[d.at].Outcome == Told {
				o = Told
			}
			if pass[i] == Told {
				item, out, err := s.rows(d)
				if err != nil {
					return nil, err
				}
				items, outs, sent[d.at].ID = append(items, item), append(outs, out...), item[4].(int64)
			}
			sent[d.at].Outcome = o
		}
	}
	return sent, insert(ctx, tx, items, outs)
}

// drafts are the messages with their texts, one for each box.
func (s *Service) drafts(ctx context.Context, tx *db.Tx, list []Message) (out []draft, err error) {
	officers := map[string][]int64{}
	var accounts []int64
	for i := range list {
		m := &list[i]
		if err := m.check(s.kinds[m.Kind] != nil); err != nil {
			return nil, err
		}
		if m.To.Officers != "" && officers[m.To.Officers] == nil {
			if officers[m.To.Officers], err = officersOf(ctx, tx, m.To.Officers); err != nil {
				return nil, err
			}
		}
		if m.To.AccountID != 0 {
			accounts = append(accounts, m.To.AccountID)
		}
	}
	boxes, err := ownersOf(ctx, tx, accounts)
	if err != nil {
		return nil, err
	}
	for i := range list {
		m := &list[i]
		d := draft{at: i, kind: s.kinds[m.Kind], m: m, once: m.Once}
		if d.text, err = d.kind.write(m); err != nil {
			return nil, err
		}
		tos := []owner{{person: m.To.PersonID, employer: m.To.EmployerID}}
		switch {
		case m.To.AccountID != 0:
			tos = []owner{boxes[m.To.AccountID]}
		case m.To.Officers != "":
			tos = nil
			for _, id := range officers[m.To.Officers] {
				tos = append(tos, owner{account: id})
			}
		}
		for _, d.to = range tos {
			if !d.to.none() {
				out = append(out, d)
			}
		}
	}
	return out, nil
}

// pass says of each draft of one kind whether it goes out.
func (s *Service) pass(ctx context.Context, tx *db.Tx, k *Kind, list []draft) ([]Outcome, error) {
	if len(list) == 0 {
		return nil, nil
	}
	owners := make([]owner, len(list))
	for i := range list {
		owners[i] = list[i].to
	}
	off, agreed, err := s.against(ctx, tx, k, owners)
	if err != nil {
		return nil, err
	}
	type told struct {
		owner
		text string
	}
	since := s.Clock.Now().AddDate(0, 0, -k.Every).UnixMilli()
	once, about := map[told]bool{}, map[told]bool{}
	if err := had(ctx, tx, owners, k.Code, func(h known) {
		once[told{h.owner, h.once}] = true
		if k.Every > 0 && h.at > since {
			about[told{h.owner, h.about}] = true
		}
	}); err != nil {
		return nil, err
	}
	out := make([]Outcome, len(list))
	for i := range list {
		d := &list[i]
		byKey, byThing := told{d.to, d.once}, told{d.to, d.m.About}
		switch {
		case k.Consent && !agreed[d.to.person] && d.to.person != 0:
			out[i] = NoConsent
		case off[d.to]:
			out[i] = Muted
		case d.once != "" && once[byKey], k.Every > 0 && about[byThing]:
			out[i] = Again
		default:
			out[i], once[byKey], about[byThing] = Told, true, true
		}
	}
	return out, nil
}

// against are those who have unsubscribed from a kind, and the people who have agreed to it where it needs that. Employers
// are no people: what is told them is no personal data.
func (s *Service) against(ctx context.Context, q db.Querier, k *Kind, owners []owner) (off map[owner]bool, agreed map[int64]bool, err error) {
	if k.Legal {
		return nil, nil, nil
	}
	if off, err = muted(ctx, q, owners, k.Code); err != nil || !k.Consent || s.Consents == nil {
		return off, nil, err
	}
	var ids []int64
	for _, o := range owners {
		if o.person != 0 {
			ids = append(ids, o.person)
		}
	}
	slices.Sort(ids)
	agreed, err = s.Consents.Allowed(ctx, slices.Compact(ids))
	return off, agreed, err
}

// rows are a message as it is stored.
func (s *Service) rows(d *draft) (item []any, outs [][]any, err error) {
	text, err := json.Marshal(d.text)
	if err != nil {
		return nil, nil, err
	}
	number, now := s.IDs.Next(), s.Clock.Now()
	shown := now
	if d.m.NotBefore.After(now) {
		shown = d.m.NotBefore.In(now.Location())
	}
	once := d.once
	if once == "" {
		once = "#" + strconv.FormatInt(number, 10)
	}
	item = []any{d.to.person, d.to.employer, d.to.account, once, number, d.kind.Code, d.m.About, d.m.Area, d.m.Href, now.UnixMilli(), shown.UnixMilli(), int64(0),
		int64(0), "", int64(0), s.Sealer.Seal(string(text))}
	if d.to.account != 0 {
		return item, nil, nil // nobody's telephone stands in an account
	}
	for _, c := range d.m.Channels {
		outs = append(outs, []any{d.to.person, number, c, "waiting", sending(c, shown).UnixMilli(), 0, int64(0), "", ""})
	}
	return item, outs, nil
}

// open fills in what is sealed.
func (s *Service) open(it *Item) (content, error) {
	var c content
	text, err := s.Sealer.Open(it.sealed)
	if err == nil {
		err = json.Unmarshal([]byte(text), &c)
	}
	it.Title, it.Body = c.Title, c.Body
	return c, err
}

// Unread counts what somebody has not opened yet.
func (s *Service) Unread(ctx context.Context, u web.User) (int64, error) {
	return unread(ctx, s.DB, ownerOf(u), s.Clock.Now())
}

// Box lists somebody's messages, the newest first; beforeAt (unix ms) and beforeID are those of the last one shown, 0 at first.
func (s *Service) Box(ctx context.Context, u web.User, onlyUnread bool, beforeAt, beforeID int64, limit int) ([]Item, error) {
	list, err := box(ctx, s.DB, ownerOf(u), s.Clock.Now(), onlyUnread, beforeAt, beforeID, limit)
	for i := range list {
		if err == nil {
			_, err = s.open(&list[i])
		}
	}
	return list, err
}

// Get reads one message of somebody's box. It changes nothing. Faults: NotFound.
func (s *Service) Get(ctx context.Context, u web.User, id int64) (Item, error) {
	it, err := one(ctx, s.DB, ownerOf(u), id, s.Clock.Now())
	if err == nil {
		_, err = s.open(&it)
	}
	return it, err
}

// Open notes that somebody has opened a message, or all of them (id 0). Doing it twice changes nothing. Faults: NotFound.
func (s *Service) Open(ctx context.Context, u web.User, id int64) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if id != 0 {
			if _, err := one(ctx, tx, ownerOf(u), id, s.Clock.Now()); err != nil {
				return err
			}
		}
		return opened(ctx, tx, ownerOf(u), id, s.Clock.Now())
	})
}

// Reply notes somebody's answer; a later one takes the place of an earlier. Faults: NotFound, Invalid, Repeat.
func (s *Service) Reply(ctx context.Context, u web.User, id int64, answer, once string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		it, err := one(ctx, tx, ownerOf(u), id, s.Clock.Now())
		if err != nil {
			return err
		}
		if k := s.kinds[it.Kind]; k == nil || k.answer("", answer) == "" {
			return fault.New(fault.Invalid, "请从列出的答复中选择一项")
		}
		if err := tx.Once(ctx, once, s.Clock.Now()); err != nil {
			return err
		}
		if err := opened(ctx, tx, it.owner, id, s.Clock.Now()); err != nil {
			return err
		}
		return answered(ctx, tx, it.owner, id, answer, s.Clock.Now())
	})
}

// Go notes that somebody goes on to what a message is about, and returns the address. Faults: NotFound.
func (s *Service) Go(ctx context.Context, u web.User, id int64) (href string, err error) {
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		it, err := one(ctx, tx, ownerOf(u), id, s.Clock.Now())
		if err != nil {
			return err
		}
		href = it.Href
		return acted(ctx, tx, it.owner, it.Kind, it.About, id, s.Clock.Now())
	})
	return href, err
}

// Acted notes, inside the caller's transaction, that a reader did what messages of a kind about a thing are about.
func (s *Service) Acted(ctx context.Context, tx *db.Tx, to To, kind, about string) error {
	return acted(ctx, tx, owner{to.PersonID, to.EmployerID, to.AccountID}, kind, about, 0, s.Clock.Now())
}

// Subscribe unsubscribes somebody from a kind, or takes it back. Faults: Invalid (unknown, or a legal notice), Repeat.
func (s *Service) Subscribe(ctx context.Context, u web.User, kind string, on bool, once string) error {
	k := s.kinds[kind]
	switch {
	case k == nil:
		return fault.New(fault.Invalid, "没有这一类消息，请刷新页面后重新选择")
	case k.Legal && !on:
		return fault.New(fault.Invalid, "“%s”是依法应当送达的通知，不能退订", k.Zh)
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, s.Clock.Now()); err != nil {
			return err
		}
		return setMute(ctx, tx, ownerOf(u), kind, !on, s.Clock.Now())
	})
}

// Stats is what became of the messages of a kind, by thing and banner; about "" takes all things.
func (s *Service) Stats(ctx context.Context, kind, about, area string) ([]Stat, error) {
	return stats(ctx, s.DB, kind, about, area)
}

// Outbox is how many outgoing messages are in each state: "sms waiting" and so on.
func (s *Service) Outbox(ctx context.Context) (map[string]int64, error) { return outCounts(ctx, s.DB) }

// Forget drops the messages of people whose data are anonymised.
func (s *Service) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	return forget(ctx, tx, personIDs)
}

// backoff is how long to wait before the next try; after the last one a message has failed.
var backoff = []time.Duration{10 * time.Minute, time.Hour, 4 * time.Hour, 24 * time.Hour}
