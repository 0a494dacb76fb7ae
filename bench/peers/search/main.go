// Command search puts the same made-up vacancies into our search, SQLite FTS5, bleve and PostgreSQL, asks each the same
// graded questions in one run, and prints how good the first ten answers are (nDCG@10) and how long they took. The others
// get the text in pairs of characters, weights for the fields, and any word may match: what one does with them for Chinese.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"time"

	"jiuye/internal/app/benchrun"
	"jiuye/internal/engine/rank/search"
)

func main() {
	vacancies := flag.Int("vacancies", 50_000, "how many vacancies")
	questions := flag.Int("questions", 200, "how many questions of each kind")
	postgres := flag.String("postgres", os.Getenv("JIUYE_TEST_POSTGRES"), "address of a PostgreSQL; empty: it is left out")
	flag.Parse()
	if err := run(context.Background(), *vacancies, *questions, *postgres); err != nil {
		fmt.Fprintln(os.Stderr, "search:", err)
		os.Exit(1)
	}
}

// finder is an engine that is filled and gives the ids of the first ten.
type finder interface {
	Name() string
	Fill(ctx context.Context, list []search.Vacancy) error
	Find(ctx context.Context, text string) ([]int64, error)
	Close() error
}

var kinds = []string{benchrun.KnownItem, benchrun.Attributes, benchrun.ByPinyin, benchrun.Misspelt}

func run(ctx context.Context, vacancies, questions int, postgres string) error {
	market := benchrun.NewMarket()
	list := make([]search.Vacancy, vacancies)
	for i := range list {
		list[i] = market.Vacancy(i)
	}
	set := benchrun.GradedSet(list, questions)
	fmt.Printf("%d vacancies, %d questions of each kind, nDCG@10 and milliseconds a question\n%-12s %8s %8s", vacancies, questions, "engine", "load s", "ms")
	for _, kind := range kinds {
		fmt.Printf(" %12s", kind)
	}
	fmt.Println()
	finders := []finder{&ours{}, &fts5{}, &bleveIndex{}}
	if postgres == "" {
		fmt.Println("PostgreSQL is left out: no address")
	} else {
		finders = append(finders, &pg{address: postgres})
	}
	for _, f := range finders {
		if err := measure(ctx, f, list, set); err != nil {
			return fmt.Errorf("%s: %w", f.Name(), err)
		}
	}
	return nil
}

func measure(ctx context.Context, f finder, list []search.Vacancy, set []benchrun.Graded) (err error) {
	defer func() { err = errors.Join(err, f.Close()) }()
	start := time.Now()
	if err := f.Fill(ctx, list); err != nil {
		return err
	}
	loaded := time.Since(start).Seconds()
	sums, counts := map[string]float64{}, map[string]float64{}
	start = time.Now()
	for _, q := range set {
		ids, err := f.Find(ctx, q.Text)
		if err != nil {
			return fmt.Errorf("%s: %w", q.Text, err)
		}
		sums[q.Kind] += gain(ids, q.Grades)
		counts[q.Kind]++
	}
	took := time.Since(start).Seconds() * 1000 / float64(len(set))
	fmt.Printf("%-12s %8.1f %8.2f", f.Name(), loaded, took)
	for _, kind := range kinds {
		fmt.Printf(" %12.4f", sums[kind]/counts[kind])
	}
	fmt.Println()
	return nil
}

// gain is the normalised discounted cumulative gain of the first ten (Järvelin, Kekäläinen 2002; gains 2^grade − 1).
func gain(ids []int64, grades map[int64]int) float64 {
	sum, best := 0.0, 0.0
	for i, id := range ids[:min(10, len(ids))] {
		sum += (math.Exp2(float64(grades[id])) - 1) / math.Log2(float64(i+2))
	}
	var ideal []int
	for _, g := range grades {
		ideal = append(ideal, g)
	}
	slices.Sort(ideal)
	slices.Reverse(ideal)
	for i, g := range ideal[:min(10, len(ideal))] {
		best += (math.Exp2(float64(g)) - 1) / math.Log2(float64(i+2))
	}
	if best == 0 {
		return 0
	}
	return sum / best
}

// ours is jiuye's search. What it shows apart, as missing one word, comes behind what has all.
type ours struct{ index *search.Index }

func (o *ours) Name() string { return "jiuye" }

func (o *ours) Fill(_ context.Context, list []search.Vacancy) error {
	o.index = search.New(benchrun.MarketDictionary())
	o.index.Add(list...)
	return nil
}

func (o *ours) Find(_ context.Context, text string) (ids []int64, err error) {
	a, err := o.index.Search(search.Query{Text: text, Limit: 10, Today: benchrun.MarketDay})
	for _, h := range append(a.Hits, a.Near...) {
		ids = append(ids, h.ID)
	}
	return ids, err
}

func (o *ours) Close() error { return nil }
