// Command peers screens the same made-up people by the same twenty rules with our census and with DuckDB, SQLite and
// PostgreSQL, in one run on one machine, and checks that all count the same. It is a module of its own, so that none of
// them comes into the product: make bench-peers.
package main

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"jiuye/internal/app/benchrun"
)

func main() {
	people := flag.Int("people", 2_000_000, "how many people")
	postgres := flag.String("postgres", os.Getenv("JIUYE_TEST_POSTGRES"), "address of a PostgreSQL; empty: it is left out")
	flag.Parse()
	if err := run(context.Background(), *people, *postgres); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

// tries is how often each is measured; the best counts.
const tries = 3

func run(ctx context.Context, people int, postgres string) error {
	m, err := benchrun.Make(ctx, people)
	if err != nil {
		return err
	}
	program, err := m.Census.Compile(m.Rules)
	if err != nil {
		return err
	}
	want := make([]int64, len(m.Rules))
	ours := best(func() error {
		r := m.Census.Screen(program, 0)
		for i := range want {
			want[i], _ = r.Count(i)
		}
		return nil
	})
	if ours.err != nil {
		return ours.err
	}
	fmt.Printf("%d people, %d rules, %d different clauses\n%-12s %10s %12s %10s\n", people, len(m.Rules), program.Clauses(), "engine", "load s", "screen s", "times")
	fmt.Printf("%-12s %10s %12.4f %10.1f\n", "census", "-", ours.seconds, 1.0)
	question, err := ask(m)
	if err != nil {
		return err
	}
	for _, e := range engines(postgres) {
		if err := measure(ctx, e, m, question, want, ours.seconds); err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
	}
	return nil
}

// ask is one query that counts whom each rule lets in.
func ask(m *benchrun.Made) (string, error) {
	var parts []string
	for _, p := range m.Policies {
		where, err := m.Crowd.SQL(p, column)
		if err != nil {
			return "", err
		}
		parts = append(parts, "count(*) FILTER (WHERE "+where+")")
	}
	return "SELECT " + strings.Join(parts, ", ") + " FROM people", nil
}

func column(n int) string { return fmt.Sprintf("c%d", n) }

type timed struct {
	seconds float64
	err     error
}

func best(work func() error) timed {
	t := timed{seconds: 1e18}
	for range tries {
		start := time.Now()
		if t.err = work(); t.err != nil {
			return t
		}
		t.seconds = min(t.seconds, time.Since(start).Seconds())
	}
	return t
}

func measure(ctx context.Context, e engine, m *benchrun.Made, question string, want []int64, ours float64) error {
	d, done, err := e.open()
	if err != nil {
		return err
	}
	defer done()
	start := time.Now()
	if err := e.load(ctx, d, m); err != nil {
		return err
	}
	loaded := time.Since(start).Seconds()
	got := make([]int64, len(want))
	t := best(func() error { return count(ctx, d, question, got) })
	if t.err != nil {
		return t.err
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("it counts %v, we count %v", got, want)
	}
	fmt.Printf("%-12s %10.1f %12.4f %10.1f\n", e.name, loaded, t.seconds, t.seconds/ours)
	return nil
}

func count(ctx context.Context, d *sql.DB, question string, into []int64) error {
	fields := make([]any, len(into))
	for i := range into {
		fields[i] = &into[i]
	}
	return d.QueryRowContext(ctx, question).Scan(fields...)
}
