package intake

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// Deps is what the room needs.
type Deps struct {
	DB        *db.DB
	People    *person.Store
	Employers *employer.Store
	Sealer    *seal.Sealer
	Clock     clock.Clock
	IDs       *id.Maker
	Audit     *audit.Log
	Queue     *queue.Queue     // nil: no upload page, only ImportDir
	Clients   *account.Clients // who may call the API; nil: nobody
	Dir       string           // where uploads lie until they are imported
	Templates fs.FS            // templates (*.yaml) that replace or add to the built-in ones; nil: none
	Limits    sheet.Limits     // of one file; zero: sheet's own
	Pause     time.Duration

	Assignments *assignment.Service // nil: the desk sends nothing down

	// Changed is told, in the transaction that ends a batch or decides about a row, that the register has changed; nil: nobody asks.
	Changed func(ctx context.Context, tx *db.Tx) error

	// Held tells of whom of these people another room holds something (a case, an application), and what: they are not
	// taken out of the register when the last record about them is withdrawn; nil: nobody does.
	Held func(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error)
	// HeldUnits is the same of employers (a login), HeldVacancies of vacancies (somebody has applied).
	HeldUnits, HeldVacancies func(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error)
}

// Room is the intake room.
type Room struct {
	Deps
	Kinds *Templates

	fail func(*block) error // tests let a block's transaction fail
}

// New makes the room. A template that cannot be used is an error that names it.
func New(d Deps) (*Room, error) {
	kinds, err := LoadTemplates(d.Templates)
	if err != nil {
		return nil, err
	}
	d.Pause = cmp.Or(d.Pause, 100*time.Millisecond)
	r := &Room{Deps: d, Kinds: kinds}
	r.handleTasks()
	return r, nil
}

// tableEndings are the files of a folder that are looked at; whether they are tables is found from their content.
var tableEndings = []string{".xlsx", ".csv", ".xls", ".txt", ".tsv", ".xlsm", ".zip"}

// ImportDir imports the tables in a folder (not those in folders below it) as one batch, in the order that the templates
// ask for. If the same contents were broken off before, it goes on where that stopped; sheets that were imported before
// are not read again.
func (r *Room) ImportDir(ctx context.Context, dir string, who Actor, p progress.Reporter) (Summary, error) {
	files, err := tablesIn(dir)
	if err != nil {
		return Summary{}, err
	}
	return r.importAll(ctx, "folder", files, who, false, p)
}

// tablesIn are the tables, zips and manifests of a folder.
func tablesIn(dir string) (files []File, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fault.Wrap(fault.NotFound, err, "打不开文件夹 "+dir+"，请核对路径")
	}
	for _, e := range entries {
		if e.Type().IsRegular() && (isManifest(e.Name()) || slices.Contains(tableEndings, strings.ToLower(filepath.Ext(e.Name())))) && !strings.HasPrefix(e.Name(), "~$") {
			files = append(files, File{Name: e.Name(), Path: filepath.Join(dir, e.Name())})
		}
	}
	if len(files) == 0 {
		return nil, fault.New(fault.Invalid, "文件夹 %s 里没有表格。请放入部门提供的 .xlsx、.csv 或 .zip 文件", dir)
	}
	return files, nil
}

// ImportFiles is ImportDir for single files. forced reads even what was read before.
func (r *Room) ImportFiles(ctx context.Context, paths []string, who Actor, forced bool, p progress.Reporter) (Summary, error) {
	files := make([]File, len(paths))
	for i, path := range paths {
		files[i] = File{Name: filepath.Base(path), Path: path}
	}
	return r.importAll(ctx, "folder", files, who, forced, p)
}

// TrialDir reads the tables of a folder as ImportDir would (试读): it recognises, checks, joins and seals every row, and
// tells what would become of it, but writes nothing into the registers.
func (r *Room) TrialDir(ctx context.Context, dir string, who Actor, p progress.Reporter) (Summary, error) {
	files, err := tablesIn(dir)
	if err != nil {
		return Summary{}, err
	}
	return r.importAll(ctx, Trial, files, who, true, p)
}

func (r *Room) importAll(ctx context.Context, source string, files []File, who Actor, forced bool, p progress.Reporter) (Summary, error) {
	batch, resumed, err := r.begin(ctx, source, files, who, forced, p)
	if err != nil {
		return Summary{}, err
	}
	s, err := r.Run(ctx, batch.ID, p)
	s.Resumed = resumed
	return s, err
}

// begin finds the batch to go on with, or writes a new one.
func (r *Room) begin(ctx context.Context, source string, files []File, who Actor, forced bool, p progress.Reporter) (b Batch, resumed bool, err error) {
	p.Step("核对文件", int64(len(files)))
	for i := range files {
		if err := r.measure(&files[i]); err != nil {
			return b, false, err
		}
		p.Add(1)
	}
	print := fingerprint(scopeOf(who.Area, source), files)
	err = r.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		if b, resumed, err = brokenOff(ctx, tx, print); err != nil {
			return err
		}
		if resumed {
			for i := range files {
				if err := setPath(ctx, tx, b.ID, files[i].Hash, files[i].Path); err != nil {
					return err
				}
			}
			return nil
		}
		b = r.newBatch(source, files, who, forced)
		return addBatch(ctx, tx, &b, files)
	})
	return b, resumed, err
}

// measure notes a file's size and hash.
func (r *Room) measure(f *File) error {
	info, err := os.Stat(f.Path)
	if err == nil {
		f.Bytes = info.Size()
		f.Hash, err = hashFile(f.Path)
	}
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "文件 "+f.Name+" 打不开，请核对文件是否存在、是否有读取权限")
	}
	return nil
}

func (r *Room) newBatch(source string, files []File, who Actor, forced bool) Batch {
	b := Batch{ID: r.IDs.Next(), Source: source, Title: titleOf(files), Area: who.Area, ByID: who.ID, ByName: who.Name, Forced: forced,
		Fingerprint: fingerprint(scopeOf(who.Area, source), files), State: Waiting, CreatedAt: r.Clock.Now().UnixMilli()}
	for i := range files {
		f := &files[i]
		f.BatchID, f.ID, f.State, f.Print = b.ID, r.IDs.Next(), Received, []byte{}
		b.Bytes += f.Bytes
	}
	return b
}

// Run imports a batch from wherever it stands to its end. It may be called again after any failure. Two runs of one
// batch at once cannot both write: the later one ends with a fault of kind Conflict.
func (r *Room) Run(ctx context.Context, batchID int64, p progress.Reporter) (Summary, error) {
	b, err := findBatch(ctx, r.DB, batchID)
	if err != nil {
		return Summary{}, err
	}
	b.AreaName = area.Name(b.Area)
	if b.Unfinished() {
		if err := r.run(ctx, &b, p); err != nil {
			return Summary{BatchID: b.ID, State: b.State}, r.broken(ctx, &b, err)
		}
	}
	files, err := listFiles(ctx, r.DB, b.ID)
	return summarise(&b, files, r.Clock.Now()), err
}

func (r *Room) run(ctx context.Context, b *Batch, p progress.Reporter) error {
	if b.State == Waiting {
		b.State, b.StartedAt = Running, r.Clock.Now().UnixMilli()
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return setBatch(ctx, tx, b) }); err != nil {
			return err
		}
	}
	if err := r.recogniseAll(ctx, b, p); err != nil {
		return err
	}
	todo, err := r.todo(ctx, b)
	if err != nil {
		return err
	}
	if err := r.importFiles(ctx, b, todo, p); err != nil {
		return err
	}
	if b.Trial() {
		if err := r.unstage(ctx, b.ID); err != nil {
			return err
		}
	} else if slices.ContainsFunc(todo, func(f *File) bool { return f.template.Becomes == "person" }) {
		if err := r.settle(ctx, b); err != nil {
			return err
		}
	}
	return r.end(ctx, b)
}

// todo are the sheets that still have rows to write, in the order of their templates.
func (r *Room) todo(ctx context.Context, b *Batch) (todo []*File, err error) {
	files, err := listFiles(ctx, r.DB, b.ID)
	for i := range files {
		f := &files[i]
		if f.State != Waiting && f.State != Running {
			continue
		}
		if f.template = r.Kinds.Of(f.Kind); f.template == nil {
			return nil, fault.New(fault.Invalid, "模板“%s”已不在，无法继续导入 %s。请恢复模板文件后重试", f.Kind, f.Label())
		}
		todo = append(todo, f)
	}
	slices.SortStableFunc(todo, func(a, b *File) int { return cmp.Compare(a.template.Order, b.template.Order) })
	return todo, err
}

// broken notes why a run ended early, unless the database cannot even be told; the batch stays open to go on.
func (r *Room) broken(ctx context.Context, b *Batch, cause error) error {
	if fault.Is(cause, fault.Conflict) {
		return cause
	}
	b.Note = fault.TextOf(cause)
	if errors.Is(cause, context.Canceled) {
		b.Note = "导入中断，再运行一次会接着导入"
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_ = r.DB.Tx(late, func(tx *db.Tx) error { return setBatch(late, tx, b) }) // the cause is what matters
	return cause
}

// end closes a batch and puts it into the audit log.
func (r *Room) end(ctx context.Context, b *Batch) error {
	files, err := listFiles(ctx, r.DB, b.ID)
	if err != nil {
		return err
	}
	b.State, b.Note, b.EndedAt = Done, "", r.Clock.Now().UnixMilli()
	s := summarise(b, files, r.Clock.Now())
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := setBatch(ctx, tx, b); err != nil {
			return err
		}
		if err := r.deliver(ctx, tx, b, files); err != nil {
			return err
		}
		if !b.Trial() {
			if err := r.linkLater(ctx, tx, b.Area); err != nil {
				return err
			}
		}
		if s.Total.Accepted > 0 && !b.Trial() {
			if err := r.tell(ctx, tx); err != nil {
				return err
			}
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: b.ByID, Actor: b.ByName, Act: "intake.import", Object: "batch", ObjectID: b.ID, Area: b.Area,
			What: "导入 " + b.Title + "：" + s.Text()})
	})
	if err == nil {
		err = os.RemoveAll(r.folder(b.ID)) // personal data do not lie about longer than needed
	}
	return err
}

// folder is where the files of an upload lie.
func (r *Room) folder(batchID int64) string {
	return filepath.Join(r.Dir, "intake", id36(batchID))
}

// tell tells whoever follows the register that it has changed.
func (r *Room) tell(ctx context.Context, tx *db.Tx) error {
	if r.Changed == nil {
		return nil
	}
	return r.Changed(ctx, tx)
}
