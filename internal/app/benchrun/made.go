package benchrun

import (
	"context"

	"jiuye/internal/engine/census"
	"jiuye/internal/engine/rule"
)

// Made is a made-up crowd in columns with the measured rules, for measuring other engines on the same.
type Made struct {
	Census   *census.Census
	Crowd    *rule.Crowd
	Policies []*rule.Policy
	Rules    []census.Rule
}

// Make makes one, the same for the same number of people.
func Make(ctx context.Context, people int) (*Made, error) {
	dict, err := rule.NewDictionary(fields)
	if err != nil {
		return nil, err
	}
	m := &Made{}
	if m.Policies, err = policies(dict); err != nil {
		return nil, err
	}
	townships, banners, bannerOf := places()
	m.Crowd = rule.NewCrowd(dict, m.Policies, nil, today, map[int]rule.Codes{residence: townships})
	if m.Census, err = census.New(m.Crowd.Columns, banners); err != nil {
		return nil, err
	}
	if err := fill(ctx, m.Census, m.Crowd, people, townships, bannerOf); err != nil {
		return nil, err
	}
	for _, p := range m.Policies {
		r, err := m.Crowd.Rule(p)
		if err != nil {
			return nil, err
		}
		m.Rules = append(m.Rules, r)
	}
	return m, nil
}
