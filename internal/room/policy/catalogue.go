package policy

import (
	"embed"
	"fmt"
	"io/fs"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/dictionary"
)

//go:embed policies/*.yaml
var policyFiles embed.FS

// catalogue is the policies in the order of their numbers, apart for people and employers.
type catalogue struct {
	people, employers []*rule.Policy
}

func loadCatalogue(files fs.FS) (catalogue, error) {
	var c catalogue
	person, err := dictionary.Person()
	if err != nil {
		return c, err
	}
	employer, err := dictionary.Employer()
	if err != nil {
		return c, err
	}
	names, err := fs.Glob(files, "policies/*.yaml")
	if err != nil {
		return c, err
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return c, err
		}
		p, err := load(text, person, employer)
		if err != nil {
			return c, fmt.Errorf("%s: %w", name, err)
		}
		if p.For == rule.Employer {
			c.employers = append(c.employers, p)
		} else {
			c.people = append(c.people, p)
		}
	}
	return c, nil
}

// load reads a policy with the fields of those it is for: a policy for employers may name no field of a person.
func load(text []byte, person, employer *rule.Dictionary) (*rule.Policy, error) {
	p, err := rule.Load(text, person)
	if err == nil && p.For != rule.Employer {
		return p, nil
	}
	if q, again := rule.Load(text, employer); again == nil && q.For == rule.Employer || err == nil {
		return q, again
	}
	return p, err
}

// all is every policy, those for employers first.
func (c *catalogue) all() []*rule.Policy {
	return append(append([]*rule.Policy{}, c.employers...), c.people...)
}

// find is a policy by its number. It is a fault of kind NotFound when there is none.
func (c *catalogue) find(id string) (*rule.Policy, error) {
	for _, p := range c.all() {
		if p.ID == id {
			return p, nil
		}
	}
	return nil, fault.New(fault.NotFound, "没有编号为 %s 的政策", id)
}
