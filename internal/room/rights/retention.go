package rights

import (
	"context"
	_ "embed"
	"fmt"
	"strconv"
	"time"

	"gopkg.in/yaml.v3"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

//go:embed retention.yaml
var retentionFile []byte

// unconfirmed is the source of a rule that nobody has confirmed yet: what is due is listed, and no more.
const unconfirmed = "待确认"

// noticeDays is how long before anonymisation people are told, in calendar days; retention.yaml holds it.
var noticeDays = 30

// Rule says how long data of a sort of people are kept.
type Rule struct {
	ID     string `yaml:"id"`
	Zh     string `yaml:"zh"`
	En     string `yaml:"en"`
	From   string `yaml:"from"` // died, last
	Years  int    `yaml:"years"`
	Source string `yaml:"source"` // document the years come from
}

// Confirmed reports whether the rule rests on a named document.
func (u Rule) Confirmed() bool { return u.Source != "" && u.Source != unconfirmed }

func readRules() ([]Rule, error) {
	var file struct {
		NoticeDays int    `yaml:"notice_days"`
		Rules      []Rule `yaml:"rules"`
	}
	if err := yaml.Unmarshal(retentionFile, &file); err != nil {
		return nil, fmt.Errorf("rights: retention.yaml: %w", err)
	}
	for _, u := range file.Rules {
		if u.From != "died" && u.From != "last" || u.Years < 1 || u.ID == "" {
			return nil, fmt.Errorf("rights: retention.yaml: rule %q needs from (died or last) and years", u.ID)
		}
	}
	noticeDays = max(1, file.NoticeDays)
	return file.Rules, nil
}

// settingOf is the name of a rule's setting in the database.
func settingOf(rule, what string) string { return "rights.retention." + rule + "." + what }

// Rules are the rules as they hold now, with what the database's settings say.
func (r *Room) Rules(ctx context.Context) ([]Rule, error) {
	out := make([]Rule, len(r.rules))
	for i, u := range r.rules {
		years, err := db.Setting(ctx, r.DB, settingOf(u.ID, "years"))
		if err != nil {
			return nil, err
		}
		if n, err := strconv.Atoi(years); err == nil && n > 0 {
			u.Years = n
		}
		source, err := db.Setting(ctx, r.DB, settingOf(u.ID, "source"))
		if err != nil {
			return nil, err
		}
		if source != "" {
			u.Source = source
		}
		out[i] = u
	}
	return out, nil
}

// cutoff is the day before which what the rule counts from must lie.
func (u Rule) cutoff(today time.Time) time.Time { return today.AddDate(-u.Years, 0, 0) }

// since is the day from which a rule counts for a person; ok is false when it does not count at all, because something of
// the person goes on. heard is what else is known of the person's last day (an interview, a wish to keep the data).
func (u Rule) since(f *person.Facts, heard time.Time) (since time.Time, ok bool) {
	if u.From == "died" {
		return f.Died.Time, !f.Died.IsZero()
	}
	if !f.Died.IsZero() {
		return time.Time{}, false
	}
	last, open := lastOf(f)
	if heard.After(last) {
		last = heard
	}
	return last, !open
}

// lastOf is the last day of anything known about a person, and whether something still goes on.
func lastOf(f *person.Facts) (last time.Time, open bool) {
	y, m, d := f.UpdatedAt.Date()
	last = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	heard := func(since, until db.Date) {
		open = open || until.IsZero()
		for _, t := range []time.Time{since.Time, until.Time} {
			if t.After(last) {
				last = t
			}
		}
	}
	for _, x := range f.Registrations {
		heard(x.Since, x.Until)
	}
	for _, x := range f.Spells {
		heard(x.Since, x.Until)
	}
	for _, x := range f.Groups {
		heard(x.Since, x.Until)
	}
	for _, x := range f.Trainings {
		heard(x.Since, x.Until)
	}
	for _, x := range f.Insurances {
		until := db.Date{}
		if x.To != 0 {
			until = db.On(time.Date(x.To/100, time.Month(x.To%100)+1, 0, 0, 0, 0, 0, time.UTC))
		}
		heard(until, until)
	}
	for _, x := range f.Certificates {
		heard(x.Issued, x.Issued)
	}
	for _, x := range f.Graduates {
		heard(x.Graduated, x.Graduated)
	}
	return last, open
}
