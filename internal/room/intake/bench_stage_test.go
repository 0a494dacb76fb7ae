package intake

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/sheet"
)

// BenchmarkStaging tries (试读) the 户籍 of JIUYE_BENCH_PEOPLE people (50,000 when not said): reading, recognising,
// checking, joining and sealing every row, and setting it down, apart from the registers. "read" stops before the database.
func BenchmarkStaging(b *testing.B) {
	people, err := strconv.Atoi(os.Getenv("JIUYE_BENCH_PEOPLE"))
	if err != nil {
		people = 50000
	}
	for _, ending := range []string{"csv", "xlsx"} {
		dir := b.TempDir()
		writeHomes(b, filepath.Join(dir, "户籍."+ending), people)
		b.Run("read/"+ending, func(b *testing.B) { benchmarkCheck(b, filepath.Join(dir, "户籍."+ending), people) })
		b.Run("sqlite/"+ending, func(b *testing.B) { benchmarkStage(b, dir, "sqlite:"+filepath.Join(b.TempDir(), "bench.db")) })
		if os.Getenv("JIUYE_TEST_POSTGRES") != "" {
			b.Run("postgres/"+ending, func(b *testing.B) { benchmarkStage(b, dir, dbtest.NewPostgres(b)) })
		}
	}
}

func writeHomes(b *testing.B, name string, people int) {
	f, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	w := sheet.NewCSV(f, sheet.GB18030)
	if filepath.Ext(name) == ".xlsx" {
		w = sheet.NewXLSX(f)
	}
	if err := w.Sheet("户籍", sheet.Columns(split(householdHeads)...)...); err != nil {
		b.Fatal(err)
	}
	for n := range people {
		cells := split(household(n, string([]rune("包白周王乌李赵那斯琴")[n%10])+strconv.Itoa(n), "left"))
		cells[0] = "H" + strconv.Itoa(n/3)
		if err := w.Row(cells...); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}

func benchmarkCheck(b *testing.B, name string, people int) {
	b.ReportAllocs()
	r := newRoom(b, nil)
	for range b.N {
		f := &File{Name: filepath.Base(name), Path: name}
		info, err := os.Stat(name)
		if err != nil {
			b.Fatal(err)
		}
		f.Bytes = info.Size()
		sheets := r.sheetsOf(f)
		f = &sheets[0]
		f.template, f.trial = r.Kinds.Of(f.Kind), true
		raw := make(chan *block, 2)
		go func() {
			defer close(raw)
			r.readFile(ctx, f, raw)
		}()
		rows := 0
		for block := range raw {
			r.checkBlock(block, r.Clock.Today())
			rows += len(block.records)
		}
		if rows != people {
			b.Fatalf("%d rows", rows)
		}
	}
	b.ReportMetric(float64(people)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func benchmarkStage(b *testing.B, dir, address string) {
	d, err := db.Open(ctx, address)
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(ctx, append([]db.Schema{db.OwnSchema}, schemas...)); err != nil {
		b.Fatal(err)
	}
	r := newRoom(b, d)
	var rows int64
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		s, err := r.TrialDir(ctx, dir, league, progress.None{})
		if err != nil {
			b.Fatal(err)
		}
		if rows += s.Total.Read; s.Total.Accepted != s.Total.Read {
			b.Fatalf("%+v", s.Total)
		}
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}
