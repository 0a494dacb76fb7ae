package demodata

// Deaths are of the old who never worked or registered as far as the files tell, so that no indicator counts them. What they
// had goes on in the other departments' files: what the comparison of registers is to find.
const (
	oldAge     = 70
	deathShare = .02
)

// death writes the row of a member who has died within the last year.
func (f *files) death(m *Member) {
	d := throw(f.stream.opts.Seed, forDeath, uint64(m.ID))
	today := f.stream.today
	if len(m.Spells) > 0 || len(m.Registrations) > 0 || m.Age(today.time()) < oldAge || !d.chance(deathShare) {
		return
	}
	died := today - 20 - day(d.n(340))
	f.put(tDeath, m, m.Name, m.IDNumber, dated(died.date()), of(&d, []string{"疾病", "疾病", "疾病", "意外"}))
}
