package benchrun

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"time"

	"jiuye/internal/app/linkrun"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/person"
	"jiuye/internal/room/verify"
)

// RecordsReport is what the checks of people's records were measured at: the whole run of a night, without reported figures.
type RecordsReport struct {
	People   int     `json:"people"`
	Employed int64   `json:"employed"` // by units for three months
	Hits     int64   `json:"hits"`     // people whom a check saw
	Workers  int     `json:"workers"`
	GB       float64 `json:"gb"`
	RunS     float64 `json:"run_s"`
	CPUS     float64 `json:"cpu_s"`     // processor time, of the user and the system
	AgainS   float64 `json:"again_s"`   // the same once more: hits are replaced
	MemoryMB float64 `json:"memory_mb"` // that the program had taken for itself by then, without SQLite's pages
	Load     string  `json:"load"`
}

// Records has the nightly checks of records go through a made-up register, twice. One in twenty of those at work is not insured, one in
// fifty works in two banners, and one telephone in two thousand is shared by eight.
func Records(ctx context.Context, people int, folder string, out io.Writer, asJSON bool) error {
	m, err := openRegister(ctx, people, folder)
	if err != nil {
		return err
	}
	defer m.drop()
	keys, err := seal.LoadOrCreate(filepath.Join(m.folder, "keys"))
	if err != nil {
		return err
	}
	sealer, err := seal.New(keys)
	if err != nil {
		return err
	}
	if err := m.db.Migrate(ctx, []db.Schema{db.OwnSchema, audit.Schema, account.Schema, person.Schema, employer.Schema, approval.Schema, assignment.Schema, indicator.Schema, verify.Schema}); err != nil {
		return err
	}
	if err := deviate(ctx, m.db, sealer); err != nil {
		return err
	}
	c := clock.NewFake(today.Time().Format(time.DateOnly) + " 04:00")
	indicators, err := indicator.New(ctx, indicator.Deps{DB: m.db, Clock: c})
	if err != nil {
		return err
	}
	room := verify.New(verify.Deps{DB: m.db, Indicators: indicators, People: &person.Store{DB: m.db, Sealer: sealer, Clock: c}, Sealer: sealer, Clock: c, IDs: id.NewMaker(1, clock.System{}),
		Approvals: approval.New(approval.Deps{}), Assignments: assignment.New(assignment.Deps{})})
	r := RecordsReport{People: m.people, GB: m.gb, Workers: runtime.GOMAXPROCS(0), Load: load()}
	start := time.Now()
	cpu, _ := linkrun.Usage()
	done, err := room.Run(ctx)
	if err != nil {
		return err
	}
	r.RunS, r.Employed = time.Since(start).Seconds(), done.People
	after, _ := linkrun.Usage()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	r.CPUS, r.MemoryMB = after-cpu, float64(memory.Sys)/1e6
	start = time.Now()
	if _, err := room.Run(ctx); err != nil {
		return err
	}
	r.AgainS = time.Since(start).Seconds()
	if r.Hits, err = db.Value[int64](ctx, m.db, `SELECT count(*) FROM verify_hit`); err != nil {
		return err
	}
	if asJSON {
		return json.NewEncoder(out).Encode(r)
	}
	_, err = fmt.Fprintf(out, "%d 人（%.1f GB），在单位就业满三个月 %d 人，线索 %d 条\n核查 %.1f 秒（处理器 %.1f 秒，%d 个并行），再查一遍 %.1f 秒；内存 %.0f MB（不含数据库缓存）；之前的负载 %s\n",
		r.People, r.GB, r.Employed, r.Hits, r.RunS, r.CPUS, r.Workers, r.AgainS, r.MemoryMB, r.Load)
	return err
}

// deviate gives everybody in a made-up register a telephone, and some of them what the checks look for. Once.
func deviate(ctx context.Context, d *db.DB, sealer *seal.Sealer) error {
	const mark, stretch = "bench.records", 20_000
	if there, err := db.Setting(ctx, d, mark); err != nil || there != "" {
		return err
	}
	for from := firstID; ; from += stretch {
		n, err := db.Value[int64](ctx, d, `SELECT count(*) FROM person WHERE person_id >= $1 AND person_id < $2`, from, from+stretch)
		if err != nil {
			return err
		}
		if n == 0 {
			return d.Tx(ctx, func(tx *db.Tx) error { return tx.SetSetting(ctx, mark, "1") })
		}
		if err := d.Tx(ctx, func(tx *db.Tx) error {
			for at := from; at < from+stretch; at++ {
				number := at - firstID
				if number%2000 < 8 {
					number -= number % 2000
				}
				if _, err := tx.Exec(ctx, `UPDATE person SET phone_seal = $1 WHERE person_id = $2`, sealer.Seal(fmt.Sprintf("139%08d", number)), at); err != nil {
					return err
				}
			}
			for _, change := range []string{
				`DELETE FROM person_insurance WHERE kind = 'pension' AND person_id % 20 = 3 AND person_id >= $1 AND person_id < $2`,
				`INSERT INTO person_spell (person_id, since, kind, employer_id, until, urban, newform, area, contract, occupation)
					SELECT person_id, '2025-05-06', kind, employer_id + 60, NULL, urban, newform, '152921100001', contract, occupation FROM person_spell
					WHERE kind = 'unit' AND until IS NULL AND person_id % 50 = 7 AND person_id >= $1 AND person_id < $2 ORDER BY person_id, since`,
			} {
				if _, err := tx.Exec(ctx, change, from, from+stretch); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
}
