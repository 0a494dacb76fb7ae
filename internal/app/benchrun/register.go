package benchrun

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"jiuye/internal/app/linkrun"
	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/seal"
	"jiuye/internal/register/crowd"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// RegisterReport is how a register became columns. Its columns are all that the dictionary has.
type RegisterReport struct {
	People      int     `json:"people"`
	Workers     int     `json:"workers"`
	FillS       float64 `json:"fill_s"`      // making the register
	GB          float64 `json:"gb"`          // of its file
	BuildS      float64 `json:"build_s"`     // and saving
	BuildCPUS   float64 `json:"build_cpu_s"` // processor time, of the user and the system
	PeopleS     float64 `json:"people_s"`
	OpenS       float64 `json:"open_s"` // the saved columns, with the policies decided for everybody
	BytesPerson float64 `json:"bytes_per_person"`
	Load        string  `json:"load"` // averages of the machine before the building; "": not known
}

// Register fills a SQLite register of so many made-up people in a folder of its own, reads it into columns, and opens these again. A folder that is named stays, and what
// is in it is read instead of filling another: a large register takes longer to make than to read.
func Register(ctx context.Context, people int, folder string, out io.Writer, asJSON bool) (err error) {
	say := func(format string, args ...any) {
		if !asJSON {
			fmt.Fprintf(out, format+"\n", args...)
		}
	}
	m, err := openRegister(ctx, people, folder)
	if err != nil {
		return err
	}
	defer m.drop()
	d := m.db
	r := RegisterReport{People: m.people, FillS: m.fillS, GB: m.gb, Workers: runtime.GOMAXPROCS(0)}
	say("造出 %d 人的登记库（%.1f GB），用时 %.0f 秒", r.People, r.GB, r.FillS)

	list, err := asked()
	if err != nil {
		return err
	}
	r.Load = load()
	file := filepath.Join(m.folder, "crowd")
	if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	start := time.Now()
	cpu, _ := linkrun.Usage()
	if _, r.BytesPerson, err = columns(ctx, d, list, file); err != nil {
		return err
	}
	r.BuildS = time.Since(start).Seconds()
	after, _ := linkrun.Usage()
	r.BuildCPUS, r.PeopleS = after-cpu, float64(r.People)/r.BuildS
	say("由登记库建列 %.1f 秒（处理器 %.1f 秒，%d 个并行），每秒 %.0f 人，每人 %.1f 字节；之前的负载 %s", r.BuildS, r.BuildCPUS, r.Workers, r.PeopleS, r.BytesPerson, r.Load)
	start = time.Now()
	n, _, err := columns(ctx, d, list, file)
	if err != nil {
		return err
	}
	if n != r.People {
		return fmt.Errorf("登记库有 %d 人，列里有 %d 人", r.People, n)
	}
	r.OpenS = time.Since(start).Seconds()
	say("打开存好的列并判断 %d 条政策 %.2f 秒", len(list), r.OpenS)
	if asJSON {
		return json.NewEncoder(out).Encode(r)
	}
	return nil
}

// madeRegister is a register of made-up people in a folder.
type madeRegister struct {
	db        *db.DB
	folder    string
	people    int
	fillS, gb float64
	drop      func() // closes it, and deletes a folder that nobody named
}

// openRegister fills a register of so many people in a folder ("": one that goes when the measuring is over), or opens the one that is there.
func openRegister(ctx context.Context, people int, folder string) (m madeRegister, err error) {
	m = madeRegister{folder: folder, people: max(1, people/townPeople) * townPeople}
	gone := func() {}
	if folder == "" {
		if m.folder, err = os.MkdirTemp("", "jiuye-register-*"); err != nil {
			return m, err
		}
		gone = func() { _ = os.RemoveAll(m.folder) } // the system's folder for such files is emptied anyhow
	} else if err := os.MkdirAll(folder, 0o700); err != nil {
		return m, err
	}
	path := filepath.Join(m.folder, "jiuye.db")
	_, missing := os.Stat(path)
	if m.db, err = db.Open(ctx, "sqlite:"+path); err != nil {
		return m, err
	}
	m.drop = func() {
		_ = m.db.Close() // everything is committed
		gone()
	}
	start := time.Now()
	if missing != nil {
		if err := settle(ctx, m.db, m.people/townPeople); err != nil {
			m.drop()
			return m, err
		}
	}
	m.fillS = time.Since(start).Seconds()
	if info, err := os.Stat(path); err == nil {
		m.gb = float64(info.Size()) / 1e9
	}
	return m, nil
}

// columns has a crowd of its own read the register, or the file.
func columns(ctx context.Context, d *db.DB, list []*rule.Policy, file string) (people int, bytes float64, err error) {
	sealer, err := seal.New(seal.GenerateKeys())
	if err != nil {
		return 0, 0, err
	}
	c := clock.NewFake(today.Time().Format(time.DateOnly) + " 06:00")
	made, err := crowd.New(crowd.Deps{DB: d, People: &person.Store{DB: d, Sealer: sealer, Clock: c}, Employers: &employer.Store{DB: d, Clock: c}, Clock: c, File: file})
	if err != nil {
		return 0, 0, err
	}
	made.Use(list)
	if _, err := made.Fresh(ctx, progress.None{}); err != nil {
		return 0, 0, err
	}
	_, people, err = made.On(ctx)
	return people, float64(made.Bytes()) / float64(max(1, people)), err
}

// settle makes the tables, draws the town and multiplies it. The indexes are made at the end, as after a large import.
func settle(ctx context.Context, d *db.DB, times int) error {
	if err := d.Migrate(ctx, []db.Schema{db.OwnSchema, person.Schema, employer.Schema}); err != nil {
		return err
	}
	indexes, err := db.All(ctx, d, func(x *[2]string) []any { return []any{&x[0], &x[1]} },
		`SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name`)
	if err != nil {
		return err
	}
	sheets := makeTown().sheets()
	if err := d.Tx(ctx, func(tx *db.Tx) error {
		for _, x := range indexes {
			if _, err := tx.Exec(ctx, `DROP INDEX `+x[0]); err != nil {
				return err
			}
		}
		for _, s := range sheets {
			if err := tx.Copy(ctx, s.name, s.columns, s.rows); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	for _, s := range sheets {
		for from := 1; from < times; from += 50 {
			if err := d.Tx(ctx, func(tx *db.Tx) error { return s.multiply(ctx, tx, from, min(from+50, times)) }); err != nil {
				return err
			}
		}
	}
	for _, x := range indexes {
		if err := d.Tx(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, x[1]); return err }); err != nil {
			return err
		}
	}
	return nil
}

// multiply adds the town's rows again under higher numbers, which are the same in all tables.
func (s *sheet) multiply(ctx context.Context, tx *db.Tx, from, end int) error {
	moved := make([]string, len(s.columns))
	for i, c := range s.columns {
		if moved[i] = c; strings.HasSuffix(c, "_id") {
			moved[i] = `CASE WHEN ` + c + ` = 0 THEN 0 ELSE ` + c + ` + $1 END`
		}
	}
	for n := from; n < end; n++ {
		if _, err := tx.Exec(ctx, `INSERT INTO `+s.name+` (`+strings.Join(s.columns, ", ")+`) SELECT `+strings.Join(moved, ", ")+`
			FROM `+s.name+` WHERE `+s.columns[0]+` < $2 ORDER BY `+s.columns[0], int64(n)*townPeople, firstID+townPeople); err != nil {
			return err
		}
	}
	return nil
}

// asked are the conditions of the made-up crowd in the words of the register.
func asked() (list []*rule.Policy, err error) {
	dict, err := dictionary.Person()
	if err != nil {
		return nil, err
	}
	for i, c := range []string{
		"登记失业 是\n- 失业月数 >= 12\n- 有劳动能力 是\n- 有就业意愿 是",
		"毕业日期 >= 今天 - 2 年\n- 任一: [登记失业 是, '当前就业形式 属于 [灵活就业]']\n- 在校学生 否",
		"任一: [零就业家庭成员 是, 残疾人 是, 低保对象 是]\n- 年龄 介于 16 和 59 之间",
		"退役军人 是\n- 退役日期 >= 今天 - 2 年",
		"就业困难人员 是\n- 参保月数 >= 1\n- 居住地 开头为 [1501, 1502]",
		"培训结束日期 >= 今天 - 6 个月\n- 培训后合同月数 >= 12",
		"失业保险累计缴费月数 / 2 >= 失业月数 且 登记失业",
		"签订劳动合同 是\n- 在岗未缴月数 >= 3",
	} {
		p, err := rule.Load(fmt.Appendf(nil, "编号: B%02d\n名称: 测量用\n来源: {文件: 无, 条款: 无, 原文: 无}\n结果: {说明: 无}\n办理: {下一步: 无}\n条件:\n- %s\n", i+1, c), dict)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// load is what the system says of how busy it was in the last 1, 5 and 15 minutes, where it says so.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	return strings.Join(strings.Fields(string(text))[:3], " ")
}
