package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/sheet"
)

// BenchmarkImport brings in a made-up league: JIUYE_BENCH_PEOPLE people (20,000 when not said), about 3.4 rows each, in
// the proportions of 户籍, 社会保险, 就业登记 and 失业登记. It reports rows per second.
func BenchmarkImport(b *testing.B) {
	people, err := strconv.Atoi(os.Getenv("JIUYE_BENCH_PEOPLE"))
	if err != nil {
		people = 20000
	}
	dir := b.TempDir()
	makeLeague(b, dir, people)
	addresses := map[string]func() string{"sqlite": func() string { return "sqlite:" + filepath.Join(b.TempDir(), "bench.db") }}
	if os.Getenv("JIUYE_TEST_POSTGRES") != "" {
		addresses["postgres"] = func() string { return dbtest.NewPostgres(b) }
	}
	for name, address := range addresses {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				b.StopTimer()
				d, err := db.Open(ctx, address())
				if err != nil {
					b.Fatal(err)
				}
				if err := d.Migrate(ctx, append([]db.Schema{db.OwnSchema}, schemas...)); err != nil {
					b.Fatal(err)
				}
				r := newRoom(b, d)
				b.StartTimer()
				s, err := r.ImportDir(ctx, dir, league, progress.None{})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(s.Total.Read)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
				if s.Total.Accepted != s.Total.Read {
					b.Fatalf("%+v", s.Total)
				}
				b.StopTimer()
				_ = d.Close()
				b.StartTimer()
			}
		})
	}
}

func makeLeague(b *testing.B, dir string, people int) {
	table := func(name string, book bool, sheets ...func(w sheet.Writer) error) {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			b.Fatal(err)
		}
		w := sheet.NewCSV(f, sheet.GB18030)
		if book {
			w = sheet.NewXLSX(f)
		}
		for _, s := range sheets {
			if err := s(w); err != nil {
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
	name := func(n int) string { return string([]rune("包白周王乌李赵那斯琴")[n%10]) + strconv.Itoa(n) }
	rows := func(title, heads string, row func(n int) []string) func(w sheet.Writer) error {
		return func(w sheet.Writer) error {
			if err := w.Sheet(title, sheet.Columns(split(heads)...)...); err != nil {
				return err
			}
			for n := range people {
				if cells := row(n); cells != nil {
					if err := w.Row(cells...); err != nil {
						return err
					}
				}
			}
			return nil
		}
	}
	table("户籍.csv", false, rows("", householdHeads, func(n int) []string {
		cells := split(household(n, name(n), "left"))
		cells[0] = "H" + strconv.Itoa(n/3)
		return cells
	}))
	table("社会保险.csv", false, rows("", "姓名,社会保障号码,险种,统一社会信用代码,单位名称,缴费起始年月,缴费终止年月", func(n int) []string {
		return []string{name(n), somebody(n), "城镇职工基本养老保险", unit(n / 20), "单位" + strconv.Itoa(n/20), "202001", ""}
	}), func(w sheet.Writer) error {
		for n := range people {
			if err := w.Row(name(n), somebody(n), "失业保险", unit(n/20), "单位"+strconv.Itoa(n/20), "202001", ""); err != nil {
				return err
			}
		}
		return nil
	})
	table("就业失业登记.xlsx", true, rows("就业登记", "姓名,身份证号,就业日期,就业形式,单位名称,统一社会信用代码,工作地区划代码,城镇就业,新就业形态,合同期限(月),工种,终止日期", func(n int) []string {
		if n%4 == 3 {
			return nil
		}
		return []string{name(n), somebody(n), fmt.Sprintf("2020-%02d-01", n%12+1), "单位就业", "单位" + strconv.Itoa(n/20), unit(n / 20), "152921", "是", "否", "36", "厨师", ""}
	}), rows("失业登记", "姓名,身份证号,失业登记日期,失业原因,注销日期,注销原因,求职工种,期望月薪(元),劳动能力,就业意愿", func(n int) []string {
		if n%4 != 3 {
			return nil
		}
		return []string{name(n), somebody(n), "2024-01-08", "解除合同", "", "", "厨师", "3500", "有", "有"}
	}))
}
