package crowd

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sync"

	"jiuye/internal/engine/census"
	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// Deps is what a crowd stands on.
type Deps struct {
	DB        *db.DB
	People    *person.Store
	Employers *employer.Store
	Clock     clock.Clock
	File      string // where the columns are kept between two starts; "": nowhere
}

// Crowd is everybody in columns. Any number of goroutines may ask; one at a time brings it up to date.
type Crowd struct {
	Deps
	dict  *rule.Dictionary
	codes codes

	following sync.Mutex // held while the columns are built or brought up to date
	lock      sync.RWMutex
	policies  []*rule.Policy
	now       *population // nil until Fresh
}

// population is the people of a day under some policies.
type population struct {
	shape
	people   *census.Census
	policies []*rule.Policy
	place    map[string]int // policy → its rule in answers
	answers  *census.Result
	mark     person.Mark
}

// New makes a crowd without anybody; Fresh fills it.
func New(d Deps) (*Crowd, error) {
	dict, err := bounded()
	return &Crowd{Deps: d, dict: dict, codes: areaCodes()}, err
}

// Use says which policies everybody is decided by from now on; those for employers are left out. The columns follow at the
// next Fresh.
func (c *Crowd) Use(policies []*rule.Policy) {
	var people []*rule.Policy
	for _, p := range policies {
		if p.For.Screened() && p.For != rule.Employer {
			people = append(people, p)
		}
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	if !slices.Equal(people, c.policies) { // the same list stays the same one, so that Fresh need not look into it
		c.policies = people
	}
}

func (c *Crowd) wanted() []*rule.Policy {
	c.lock.RLock()
	defer c.lock.RUnlock()
	return c.policies
}

// screen decides the policies for everybody.
func (p *population) screen(policies []*rule.Policy) error {
	rules := make([]census.Rule, len(policies))
	p.policies, p.place = policies, make(map[string]int, len(policies))
	for i, one := range policies {
		var err error
		if rules[i], err = p.rule(one); err != nil {
			return err
		}
		p.place[one.ID] = i
	}
	program, err := p.people.Compile(rules)
	if err != nil {
		return err
	}
	p.answers = p.people.Screen(program, 0)
	return nil
}

// Bytes is the memory of the columns and the answers; 0 before Fresh.
func (c *Crowd) Bytes() int {
	c.lock.RLock()
	defer c.lock.RUnlock()
	if c.now == nil {
		return 0
	}
	return int(c.now.people.Bytes() + c.now.answers.Bytes())
}

// printOf tells columns apart.
func printOf(columns []census.Column, names []string) string {
	sum := sha256.New()
	for _, c := range columns {
		fmt.Fprintln(sum, c.Name, c.Min, c.Max, c.Always)
	}
	fmt.Fprintln(sum, names)
	return hex.EncodeToString(sum.Sum(nil)[:8])
}
