package intake

import (
	"embed"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

//go:embed all:pages words.zh.json words.en.json
var webFiles embed.FS

// uploadLimit is how many bytes one upload may have, all files together. Larger deliveries are brought by `jiuye import`.
const uploadLimit = 1 << 30

const (
	batchesShown = 20
	reviewsShown = 50
)

// Web is the room's pages.
func (r *Room) Web() web.Room {
	p := pages{r}
	staff := account.Desk(officer, manager)
	return web.Room{Name: "intake", Pages: webFiles, Words: webFiles,
		Routes: func(m *web.Mux) {
			r.apiRoutes(m)
			m.Get("/intake", staff, p.home)
			m.Post("/intake", staff, p.upload)
			m.Get("/intake/template/{kind}", staff, p.template)
			m.Get("/intake/batch/{id}", staff, p.batch)
			m.Get("/intake/batch/{id}/errors", staff, p.errors)
			m.Post("/intake/batch/{id}/stop", staff, p.stop)
			m.Post("/intake/batch/{id}/resume", staff, p.resume)
			p.goldenRoutes(m, staff)
			p.sourceRoutes(m, staff)
			p.deskRoutes(m, staff)
			m.Get("/intake/review", staff, p.reviews)
			m.Get("/intake/review/{id}", staff, p.review)
			m.Post("/intake/review/{id}", staff, p.decide)
			m.Post("/intake/review/{id}/reopen", staff, p.reopen)
		},
		Menu: []web.MenuItem{{Roles: []string{officer, manager}, Who: staff, Key: "intake.menu", Href: "/intake", Order: 40, Icon: "up"}},
	}
}

// pages are the handlers.
type pages struct{ *Room }

type homeView struct {
	Batches []batchLine
	Paging  web.Paging
	Kinds   []*Template
	Waiting int64
	Nothing string // where batches are when there are none here
}

type batchLine struct {
	Batch
	Place string
	State string
	Kind  string // of the tag
}

// states are the tags of batches and files.
var states = map[string]string{Done: "ok", Failed: "stop", Lacking: "stop", Unknown: "warn", Stopped: "warn", Withdrawing: "warn", Withdrawn: "stop"}

func (p pages) uploadForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "files", Label: c.T("intake.files"), Hint: c.T("intake.filesHint"), Kind: "file", Need: true, Many: true, Accept: ".xlsx,.csv,.txt,.zip,.json", Top: uploadLimit},
		web.Field{Name: "trial", Label: c.T("intake.trial"), Hint: c.T("intake.trialHint"), Kind: "check"},
		web.Field{Name: "forced", Label: c.T("intake.forced"), Hint: c.T("intake.forcedHint"), Kind: "check"})
}

func (p pages) home(c *web.Ctx) error { return p.showHome(c, p.uploadForm(c)) }

func (p pages) showHome(c *web.Ctx, form *web.Form) error {
	after, err := c.Cursor(1)
	if err != nil {
		return err
	}
	below := int64(math.MaxInt64)
	if !after.Start() {
		below = after.Int(0)
	}
	list, err := listBatches(c.Context(), p.DB, c.User.Area, below, batchesShown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > batchesShown {
		list = list[:batchesShown]
		next = web.NewCursor(list[batchesShown-1].ID)
	}
	v := homeView{Kinds: p.Kinds.All(), Paging: c.Paging(-1, len(list), next)}
	for _, b := range list {
		v.Batches = append(v.Batches, batchLine{b, area.Name(b.Area), named(c, "state", b.State), states[b.State]})
	}
	if len(list) == 0 {
		if v.Nothing, err = p.nothing(c); err != nil {
			return err
		}
	}
	if v.Waiting, err = p.Waiting(c.Context(), c.User.Area); err != nil {
		return err
	}
	return c.Render("intake/home", web.Page{Title: c.T("intake.title"), Lede: c.T("intake.lede"), Data: v, Form: form})
}

// nothing says where the batches are when an area has none of its own: a league or the region may have brought the data.
func (p pages) nothing(c *web.Ctx) (string, error) {
	for code := area.Parent(c.User.Area); code != ""; code = area.Parent(code) {
		if n, err := countBatches(c.Context(), p.DB, code); err != nil || n > 0 {
			return named(c, "batchesAbove", strconv.Itoa(area.Level(code)), area.Name(code)), err
		}
	}
	return c.T("intake.noBatchesNext"), nil
}

func (p pages) upload(c *web.Ctx) error {
	list, err := c.Uploads("files", uploadLimit)
	if err != nil {
		return err
	}
	form := p.uploadForm(c) // after the files: the tick stands behind them
	if len(list) == 0 {
		form.Fail("files", c.T("intake.noFile"))
	}
	files := make([]Upload, len(list))
	for i, u := range list {
		files[i] = Upload{Name: u.Name, Path: u.Path}
		if u.Size == 0 {
			form.Fail("files", c.T("intake.emptyFile", u.Name))
		}
	}
	if !form.OK() {
		return p.showHome(c, form)
	}
	var id int64
	if form.Flag("trial") {
		id, err = p.ReceiveTrial(c.Context(), actorOf(c.User), files, c.Once())
	} else {
		id, err = p.Receive(c.Context(), actorOf(c.User), files, form.Flag("forced"), c.Once())
	}
	if err != nil {
		return err
	}
	return c.Redirect("/intake/batch/" + itoa(id))
}

func (p pages) template(c *web.Ctx) error {
	t := p.Kinds.Of(c.R.PathValue("kind"))
	if t == nil {
		return fault.New(fault.NotFound, "%s", c.T("intake.noTemplate"))
	}
	return EmptySheet(t, c.Attachment(t.Name+"模板.xlsx", xlsxType))
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

type batchView struct {
	Batch
	Href     string
	Running  bool
	Resume   bool
	Undo     bool // it may be withdrawn
	Steps    []web.Step
	Text     string
	Percent  int
	Left     string
	Figures  []web.Figure
	Files    []fileLine
	Reasons  []reasonLine
	Mended   []reasonLine
	Skipped  []reasonLine // rows that are no records
	Quality  []string     // what is told of sheets as a whole
	Alarms   []alarmLine
	Tried    bool
	Failed   int64
	Rejected int64
	Review   int64
}

type fileLine struct {
	File
	Template string
	Columns  string
	Tag      string
	TagKind  string
}

type reasonLine struct {
	Text, Example string
	Rows          int64
}

func (p pages) batch(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	b, err := p.visible(c.Context(), p.DB, actorOf(c.User), id)
	if err != nil {
		return err
	}
	files, err := listFiles(c.Context(), p.DB, id)
	if err != nil {
		return err
	}
	v := p.view(c, b, files)
	if err := p.groups(c, &v); err != nil {
		return err
	}
	return c.Render("intake/batch", web.Page{Title: c.T("intake.result"),
		Lede:   c.T("intake.resultLede", b.Title, web.Size(b.Bytes), b.ByName, clockText(b.CreatedAt)),
		Crumbs: []web.Crumb{{Text: c.T("intake.menu"), Href: "/intake"}, {Text: clockText(b.CreatedAt)}}, Data: v})
}

// manyRejects is how many rejected rows are grouped at every look at a running batch; more wait until it is done.
const manyRejects = 20000

// groups fills in why rows were rejected and what was mended.
func (p pages) groups(c *web.Ctx, v *batchView) error {
	if !v.Running || v.Rejected <= manyRejects {
		rejects, err := rejectGroups(c.Context(), p.DB, v.ID)
		if err != nil {
			return err
		}
		for _, g := range rejects {
			example := c.T("intake.row", lang.Int(g.Row))
			if g.Shown != "" {
				example = c.T("intake.rowShown", lang.Int(g.Row), g.Shown)
			}
			v.Reasons = append(v.Reasons, reasonLine{codeText(c, g), example, g.Rows})
		}
	}
	mended, err := reminderGroups(c.Context(), p.DB, v.ID)
	for _, g := range mended {
		line := reasonLine{codeText(c, g), c.T("intake.row", lang.Int(g.Row)), g.Rows}
		if strings.HasPrefix(g.Code, "skip.") {
			v.Skipped = append(v.Skipped, line)
		} else {
			v.Mended = append(v.Mended, line)
		}
	}
	if err != nil {
		return err
	}
	return p.remarks(c, v)
}

// remarks fills in what is told of sheets as a whole, and the alarms of the batch.
func (p pages) remarks(c *web.Ctx, v *batchView) error {
	kept, err := qualities(c.Context(), p.DB, v.ID)
	if err != nil {
		return err
	}
	for i := range v.Files {
		f := &v.Files[i]
		q := kept[f.ID]
		for _, found := range q.findings(&f.File, p.Kinds.Of(f.Kind)) {
			v.Quality = append(v.Quality, c.T("intake.qualityOf", f.Label(), named(c, "quality", found.code, found.args...)))
		}
	}
	alarms, err := alarmsOfBatch(c.Context(), p.DB, v.ID)
	v.Alarms, v.Tried = p.alarmLines(c, alarms), v.Trial()
	return err
}

// codeText is a rule or a reminder in words, with the column it is about.
func codeText(c *web.Ctx, g grouped) string {
	head := g.Head
	if head == "" {
		head = c.T("intake.wholeRow")
	}
	return named(c, "code", g.Code, head)
}

// named is the word of one of a group: a state, a reason, a rule.
func named(c *web.Ctx, group, name string, args ...any) string {
	return c.T("intake."+group+"."+name, args...)
}

func clockText(ms int64) string {
	if ms == 0 {
		return lang.None
	}
	return time.UnixMilli(ms).In(clock.Zone).Format("2006-01-02 15:04")
}

// view is a batch as its page shows it.
func (p pages) view(c *web.Ctx, b Batch, files []File) batchView {
	v := batchView{Batch: b, Href: "/intake/batch/" + itoa(b.ID), Running: b.Unfinished(), Resume: b.Stuck(),
		Undo: !b.Trial() && (!b.Unfinished() || b.Stuck()) && b.State != Withdrawn && b.State != Withdrawing}
	var total Counts
	var expected, known int64
	for _, f := range files {
		total.Add(f.Counts)
		line := fileLine{File: f, Tag: named(c, "state", f.State), TagKind: states[f.State]}
		if t := p.Kinds.Of(f.Kind); t != nil {
			known++
			line.Template = t.Name
			line.Columns = c.T("intake.columns", len(t.Columns), f.Matched())
			if f.Matched() == len(t.Columns) {
				line.Columns = c.T("intake.columnsAll", len(t.Columns))
			}
		}
		switch f.State {
		case Waiting, Running:
			expected += max(f.Estimate, f.Read)
		default:
			expected += f.Read
		}
		v.Files = append(v.Files, line)
	}
	v.Rejected, v.Review = total.Rejected, total.Review
	v.progress(c, p.Clock.Now(), total.Read, expected)
	recognised := v.Running && total.Read == 0 && known == 0
	v.Steps = []web.Step{
		{Text: c.T("intake.step.upload"), Note: clockText(b.CreatedAt), Done: true},
		{Text: c.T("intake.step.recognise"), Note: c.T("intake.step.recognised", len(files), known), Done: !recognised, Current: recognised},
		{Text: c.T("intake.step.import"), Note: c.T("intake.step.imported", lang.Int(total.Read), lang.Int(max(expected, total.Read))), Done: b.State == Done, Current: v.Running && !recognised},
		{Text: c.T("intake.step.done"), Note: clockText(b.EndedAt), Done: b.State == Done, Current: false},
	}
	share := func(n int64) string {
		if total.Read == 0 {
			return c.T("intake.rows")
		}
		return c.T("intake.rowsShare", lang.Percent(n*10000/total.Read))
	}
	v.Figures = []web.Figure{
		{Label: c.T("intake.read"), Value: lang.Int(total.Read), Unit: c.T("intake.rows")},
		{Label: c.T("intake.accepted"), Value: lang.Int(total.Accepted), Unit: share(total.Accepted)},
		{Label: c.T("intake.repaired"), Value: lang.Int(total.Repaired), Unit: c.T("intake.rowsWithin"), Kind: mark(total.Repaired, "warn")},
		{Label: c.T("intake.repeated"), Value: lang.Int(total.Repeated), Unit: c.T("intake.rows")},
		{Label: c.T("intake.review"), Value: lang.Int(total.Review), Unit: c.T("intake.rows"), Kind: mark(total.Review, "warn"), Href: "/intake/review"},
		{Label: c.T("intake.rejected"), Value: lang.Int(total.Rejected), Unit: share(total.Rejected), Kind: mark(total.Rejected, "stop")},
	}
	return v
}

// mark colours a number only when there is something to see to.
func mark(n int64, kind string) string {
	if n == 0 {
		return ""
	}
	return kind
}

func (v *batchView) progress(c *web.Ctx, now time.Time, read, expected int64) {
	if !v.Running {
		v.Percent = 100
		v.Text = c.T("intake.finished", lang.Int(read), progress.Span(time.Duration(v.Seconds(now)*float64(time.Second))))
		if v.State != Done {
			v.Text = v.Note
		}
		return
	}
	v.Text = c.T("intake.running", lang.Int(read), lang.Int(expected))
	if v.Note != "" {
		v.Text += c.T("intake.trouble", v.Note)
	}
	if expected > 0 {
		v.Percent = int(min(read*100/expected, 99))
	}
	v.Left = c.T("intake.mayLeave")
	if left, ok := progress.Left(read, expected, time.Duration(v.Seconds(now)*float64(time.Second))); ok && v.StartedAt > 0 {
		v.Left = c.T("intake.left", progress.Span(left))
	}
}

func (p pages) errors(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	who := actorOf(c.User)
	b, err := p.visible(c.Context(), p.DB, who, id)
	if err != nil {
		return err
	}
	// Made in a file first, so that a failure becomes a page and not half a workbook.
	tmp, err := newTemp(p.Dir)
	if err != nil {
		return err
	}
	defer tmp.remove()
	if err := p.ErrorSheet(c.Context(), who, &b, tmp.file); err != nil {
		return err
	}
	name := strings.TrimSuffix(b.Title, filepath.Ext(b.Title))
	return tmp.send(c.Attachment(fmt.Sprintf("错误表 %s.xlsx", cut(name, 40)), xlsxType))
}

func (p pages) stop(c *web.Ctx) error   { return p.turnPage(c, p.Stop, "intake.stopped") }
func (p pages) resume(c *web.Ctx) error { return p.turnPage(c, p.Resume, "intake.resumed") }

func (p pages) turnPage(c *web.Ctx, act turner, said string) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	if err := act(c.Context(), actorOf(c.User), id, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T(said))
	return c.Redirect("/intake/batch/" + strconv.FormatInt(id, 10))
}
