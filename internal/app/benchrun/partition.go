package benchrun

import (
	"fmt"
	"slices"
	"time"

	"jiuye/internal/engine/census"
)

// cut deals the people out to partitions by their ids, screens each partition, and compares the sums by banner with the
// whole's. It returns how long the screening of all took.
func cut(c *census.Census, rules []census.Rule, whole *census.Result, partitions int) (seconds float64, err error) {
	parts := make([]*census.Census, partitions)
	builders := make([]*census.Builder, partitions)
	for k := range parts {
		if parts[k], err = census.New(c.Columns(), c.Groups()); err != nil {
			return 0, err
		}
		builders[k] = parts[k].Build()
	}
	values, known := make([]int64, len(c.Columns())), make([]bool, len(c.Columns()))
	for at := range c.People() {
		c.Get(at, values, known)
		id := c.ID(at)
		builders[partitionOf(id, partitions)].Add(id, c.Group(at), values, known)
	}
	sums := make([][]int64, len(rules))
	for k, part := range parts {
		builders[k].End()
		program, err := part.Compile(rules)
		if err != nil {
			return 0, err
		}
		start := time.Now()
		result := part.Screen(program, 0)
		seconds += time.Since(start).Seconds()
		for i := range rules {
			by := result.CountBy(i, 0)
			if sums[i] == nil {
				sums[i] = make([]int64, len(by))
			}
			for g, n := range by {
				sums[i][g] += n
			}
		}
	}
	for i := range rules {
		if !slices.Equal(sums[i], whole.CountBy(i, 0)) {
			return seconds, fmt.Errorf("规则 %d：分成 %d 份与合在一起的人数不同", i+1, partitions)
		}
	}
	return seconds, nil
}

// partitionOf spreads ids evenly (Fibonacci hashing).
func partitionOf(id int64, partitions int) int {
	return int(uint64(id) * 0x9e3779b97f4a7c15 >> 32 % uint64(partitions))
}
