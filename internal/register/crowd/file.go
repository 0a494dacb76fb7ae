package crowd

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"jiuye/internal/engine/census"
	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/person"
)

// note is what the file says of itself.
type note struct {
	Day   rule.Day    `json:"day"`
	Print string      `json:"print"`
	Mark  person.Mark `json:"mark"`
}

// save writes the columns beside the place and moves them there, so that a file that is there is whole.
func (c *Crowd) save(p *population) (err error) {
	if c.File == "" {
		return nil
	}
	defer func() {
		if err != nil {
			err = fault.Wrap(fault.Unavailable, err, "存不了人口列文件 "+c.File)
		}
	}()
	text, err := json.Marshal(note{p.on, p.print, p.mark})
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(c.File), filepath.Base(c.File)+".*")
	if err != nil {
		return err
	}
	err = errors.Join(p.people.Save(f, string(text)), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), c.File)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(f.Name()))
	}
	return err
}

// open reads the file; a population of nil: there is none that fits the day and the policies, or it cannot be trusted.
func (c *Crowd) open(policies []*rule.Policy, on rule.Day) (*population, error) {
	if c.File == "" {
		return nil, nil
	}
	f, err := os.Open(c.File)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "打不开人口列文件 "+c.File)
	}
	defer f.Close()
	people, text, err := census.Load(f)
	if errors.Is(err, census.ErrSpoiled) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	made := &population{shape: c.shapeOf(policies, on), people: people}
	var n note
	if err := json.Unmarshal([]byte(text), &n); err != nil || n.Day != on || n.Print != made.print {
		return nil, nil
	}
	made.mark = n.Mark
	return made, made.screen(policies)
}

// Keep writes the columns into the file as they are, so that the next start has little to follow.
func (c *Crowd) Keep() error {
	c.following.Lock()
	defer c.following.Unlock()
	if c.now == nil {
		return nil
	}
	return c.save(c.now)
}
