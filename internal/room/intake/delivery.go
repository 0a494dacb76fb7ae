package intake

import (
	"context"
	"path"
	"slices"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
)

// When a delivery is odd.
const (
	shortOf     = 0.8 // of the median of the last deliveries of its kind
	shortAfter  = 2   // as many deliveries must have come before
	shortLast   = 6   // as many are looked at
	renumberOf  = 0.2 // of the known people come with another number
	renumberMin = 20  // fewer known people say nothing
)

// Delivery is what a batch brought of one source and kind.
type Delivery struct {
	BatchID    int64
	Source     string
	Kind       string
	Area       string
	At         int64   // unix ms
	Day        db.Date // that it counts for
	Read       int64
	Accepted   int64
	Repeated   int64
	Review     int64
	Rejected   int64
	Known      int64 // rows about people whose number in the source was known
	Renumbered int64 // of those: with another number now
	Version    string
	Print      []byte
	State      string // of the batch: done, or what has become of it since
}

// deliveriesOf sums up a batch's sheets by source and kind. Sheets that were read before bring nothing.
func (r *Room) deliveriesOf(b *Batch, files []File, day time.Time) (out []Delivery) {
	for i := range files {
		f := &files[i]
		t := r.Kinds.Of(f.Kind)
		if t == nil || t.Source == "" || f.State != Done && f.State != Failed || f.Read == 0 {
			continue
		}
		at := slices.IndexFunc(out, func(d Delivery) bool { return d.Kind == t.Kind })
		if at < 0 {
			at = len(out)
			out = append(out, Delivery{BatchID: b.ID, Source: t.Source, Kind: t.Kind, Area: b.Area, At: b.EndedAt, Day: db.Date{Time: day}, Version: t.Version, Print: f.Print})
		}
		d := &out[at]
		d.Read, d.Accepted, d.Repeated = d.Read+f.Read, d.Accepted+f.Accepted, d.Repeated+f.Repeated
		d.Review, d.Rejected = d.Review+f.Review, d.Rejected+f.Rejected
		d.Known, d.Renumbered = d.Known+f.quality.Known, d.Renumbered+f.quality.Renumbered
	}
	return out
}

// deliver notes at the end of a batch what it delivered, and raises what is odd about it, in the transaction of the end.
func (r *Room) deliver(ctx context.Context, tx *db.Tx, b *Batch, files []File) error {
	kept, err := qualities(ctx, tx, b.ID)
	if err != nil {
		return err
	}
	for i := range files {
		files[i].quality = kept[files[i].ID]
	}
	lines, err := promises(ctx, tx, b.ID)
	if err != nil {
		return err
	}
	day := clock.DayOf(time.UnixMilli(b.CreatedAt))
	for _, l := range lines {
		if !l.Delivered.IsZero() && !l.Delivered.After(day) {
			day = l.Delivered.Time
			break
		}
	}
	list := r.deliveriesOf(b, files, day)
	var alarms []Alarm
	for _, p := range compareManifest(lines, files) {
		a := Alarm{Key: "manifest|" + itoa(b.ID) + "|" + p.kind + "|" + p.file, Kind: p.kind, Area: b.Area, BatchID: b.ID, Args: p.args}
		a.Source = r.sourceOf(p.file, files, list)
		alarms = append(alarms, a)
	}
	for i := range list {
		odd, err := r.odd(ctx, tx, &list[i])
		if err != nil {
			return err
		}
		alarms = append(alarms, odd...)
	}
	if b.Trial() {
		for i := range alarms {
			alarms[i].AckedAt, alarms[i].Acker, alarms[i].Reason = b.EndedAt, b.ByName, trialReason
		}
	} else if err := addDeliveries(ctx, tx, list); err != nil {
		return err
	}
	return r.raise(ctx, tx, alarms, b.EndedAt)
}

// sourceOf is who delivered a file; of one that did not come, or is no table, whoever delivered all of the batch.
func (r *Room) sourceOf(name string, files []File, list []Delivery) string {
	for i := range files {
		if t := r.Kinds.Of(files[i].Kind); t != nil && path.Base(files[i].Name) == name {
			return t.Source
		}
	}
	if len(list) == 0 || slices.ContainsFunc(list, func(d Delivery) bool { return d.Source != list[0].Source }) {
		return ""
	}
	return list[0].Source
}

const trialReason = "试读时发现，没有写入实名库"

// odd compares a delivery with the ones before it.
func (r *Room) odd(ctx context.Context, tx *db.Tx, d *Delivery) (out []Alarm, err error) {
	before, err := rowsBefore(ctx, tx, d, shortLast)
	if err != nil {
		return nil, err
	}
	name := r.kindName(d.Kind)
	alarm := func(kind string, args ...any) {
		out = append(out, Alarm{Key: kind + "|" + itoa(d.BatchID) + "|" + d.Kind, Kind: kind, Source: d.Source, Area: d.Area, BatchID: d.BatchID, Args: args})
	}
	if len(before) >= shortAfter {
		if usual := median(before); float64(d.Read) < shortOf*float64(usual) {
			alarm(AlarmShort, name, d.Read, usual)
		}
	}
	if d.Known >= renumberMin && float64(d.Renumbered) > renumberOf*float64(d.Known) {
		alarm(AlarmRenumbered, name, d.Known, d.Renumbered, d.Renumbered*100/d.Known)
	}
	return out, nil
}

func median(list []int64) int64 {
	list = slices.Sorted(slices.Values(list))
	return (list[(len(list)-1)/2] + list[len(list)/2]) / 2
}

// Late raises an alarm for every source and area whose delivery is overdue, once for each period. Areas that have never
// had a delivery of a source are not waited for.
func (r *Room) late(ctx context.Context) error {
	today := r.Clock.Today()
	last, err := lastDeliveries(ctx, r.DB, "")
	if err != nil {
		return err
	}
	var alarms []Alarm
	for _, d := range last {
		source := r.Kinds.Source(d.Source)
		for _, due := range source.missed(d.Day.Time, today) {
			alarms = append(alarms, Alarm{Key: AlarmLate + "|" + d.Source + "|" + d.Area + "|" + due.Format(time.DateOnly), Kind: AlarmLate, Source: d.Source, Area: d.Area,
				Args: []any{source.Name, due.Format(time.DateOnly), d.Day.Format(time.DateOnly), area.Name(d.Area)}})
		}
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return r.raise(ctx, tx, alarms, r.Clock.Now().UnixMilli()) })
}
