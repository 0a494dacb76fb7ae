package message

import (
	"context"
	"fmt"
	"slices"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
)

// lease is how long messages are in the hands of one process: after that another one may take them.
const (
	lease     = 10 * time.Minute
	atOnce    = 200
	noConsent = "本人已撤回同意"
	unwanted  = "本人已退订"
	readHere  = "已在站内打开"
	noPhone   = "没有手机号码"
	gone      = "消息已清除"
)

// Delivered is what one round brought.
type Delivered struct{ Sent, Failed, Dropped, Later int }

// Text is the round for people.
func (d Delivered) Text() string {
	return fmt.Sprintf("消息：发出 %d 条，稍后重试 %d 条，失败 %d 条，不再需要 %d 条", d.Sent, d.Later, d.Failed, d.Dropped)
}

// Deliver sends what is due by the channels that are not quiet now.
func (s *Service) Deliver(ctx context.Context) (sum Delivered, err error) {
	for {
		now := s.Clock.Now()
		var by []string
		for _, c := range channels {
			if s.Sinks[c] != nil && !quiet(c, now) {
				by = append(by, c)
			}
		}
		if len(by) == 0 {
			return sum, nil
		}
		list, err := due(ctx, s.DB, by, now, lease, atOnce)
		if err != nil || len(list) == 0 {
			return sum, err
		}
		results, err := s.round(ctx, list)
		if err != nil {
			return sum, err
		}
		for _, r := range results {
			switch r.state {
			case "sent":
				sum.Sent++
			case "failed":
				sum.Failed++
			case "dropped":
				sum.Dropped++
			default:
				sum.Later++
			}
		}
		if err := s.DB.Tx(ctx, func(tx *db.Tx) error { return settle(ctx, tx, results) }); err != nil {
			return sum, err
		}
	}
}

// round sends some claimed messages, and says what became of each.
func (s *Service) round(ctx context.Context, list []claim) ([]result, error) {
	items, err := claimed(ctx, s.DB, list)
	if err != nil {
		return nil, err
	}
	barred, err := s.barred(ctx, items)
	if err != nil {
		return nil, err
	}
	numbers, err := s.numbers(ctx, items)
	if err != nil {
		return nil, err
	}
	results, outgoing, places := make([]result, len(list)), map[string][]Outgoing{}, map[string][]int{}
	now := s.Clock.Now()
	for i, c := range list {
		it, found := items[c.id]
		results[i] = result{claim: c, state: "dropped", due: now}
		k := s.kinds[it.Kind]
		switch {
		case !found || k == nil:
			results[i].reason = gone
			continue
		case barred[it.owner][it.Kind] != "":
			results[i].reason = barred[it.owner][it.Kind]
			continue
		case !it.Opened.IsZero() && !k.Legal:
			results[i].reason = readHere
			continue
		}
		text, err := s.open(&it)
		if err != nil {
			return nil, err
		}
		o := Outgoing{Key: fmt.Sprintf("%d-%s", c.id, c.channel), Channel: c.channel, Href: it.Href}
		if c.channel == SMS {
			o.To, o.Text = numbers[it.owner], text.SMS
		} else {
			o.To, o.Text = mark(it.owner), text.Title.in(lang.Chinese)+"\n"+text.Body.in(lang.Chinese)
		}
		if o.To == "" {
			results[i].state, results[i].reason = "failed", noPhone
			continue
		}
		outgoing[c.channel], places[c.channel] = append(outgoing[c.channel], o), append(places[c.channel], i)
	}
	for _, c := range channels {
		if len(outgoing[c]) == 0 {
			continue
		}
		receipts := s.Sinks[c].Deliver(ctx, outgoing[c])
		for j, i := range places[c] {
			var r Receipt
			if j < len(receipts) {
				r = receipts[j]
			}
			results[i].take(r, s.Clock.Now())
		}
	}
	return results, nil
}

// take writes a receipt down: sent, failed for good, or to be tried again.
func (r *result) take(got Receipt, now time.Time) {
	r.ref, r.reason, r.due = got.Ref, got.Reason, now
	switch {
	case got.OK:
		r.state, r.sent = "sent", now
	case got.Final || r.tries > len(backoff):
		r.state = "failed"
	default:
		r.state, r.due = "waiting", sending(r.channel, now.Add(backoff[r.tries-1]))
	}
}

// barred says of owners why a kind must not reach them any more, asked again just before it goes out.
func (s *Service) barred(ctx context.Context, items map[int64]Item) (map[owner]map[string]string, error) {
	byKind := map[string][]owner{}
	for _, it := range items {
		byKind[it.Kind] = append(byKind[it.Kind], it.owner)
	}
	out := map[owner]map[string]string{}
	for code, owners := range byKind {
		k := s.kinds[code]
		if k == nil {
			continue
		}
		off, agreed, err := s.against(ctx, s.DB, k, owners)
		if err != nil {
			return nil, err
		}
		for _, o := range owners {
			why := ""
			switch {
			case off[o]:
				why = unwanted
			case k.Consent && o.person != 0 && !agreed[o.person]:
				why = noConsent
			}
			if out[o] == nil {
				out[o] = map[string]string{}
			}
			out[o][code] = why
		}
	}
	return out, nil
}

// numbers are the telephone numbers of readers; nobody's who has died.
func (s *Service) numbers(ctx context.Context, items map[int64]Item) (map[owner]string, error) {
	var people []int64
	var units []any
	for _, it := range items {
		if it.owner.person != 0 {
			people = append(people, it.owner.person)
		} else if it.owner.employer != 0 {
			units = append(units, it.owner.employer)
		}
	}
	slices.Sort(people)
	list, err := s.People.List(ctx, slices.Compact(people))
	if err != nil {
		return nil, err
	}
	out := map[owner]string{}
	for i := range list {
		if p := &list[i]; !p.Dead(s.Clock.Today()) {
			out[owner{person: p.ID}] = p.Phone
		}
	}
	of, err := phones(ctx, s.DB, units)
	for id, number := range of {
		out[owner{employer: id}] = number
	}
	return out, err
}

// mark is how a reader is called outside of the house, where a gateway has matched it to an openid.
func mark(o owner) string {
	if o.person != 0 {
		return fmt.Sprintf("person-%d", o.person)
	}
	return fmt.Sprintf("employer-%d", o.employer)
}
