package intake

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"jiuye/internal/ground/lang"
)

// words are the room's own, for reports that are no pages.
var words = sync.OnceValues(func() (*lang.Dict, error) { return lang.Load(webFiles) })

// Report says what became of a batch, sheet by sheet, as plain Chinese text: what the page of the batch shows, for the
// command line and for whoever wants it as a file.
func (r *Room) Report(ctx context.Context, batchID int64) (string, error) {
	dict, err := words()
	if err != nil {
		return "", err
	}
	files, err := listFiles(ctx, r.DB, batchID)
	if err != nil {
		return "", err
	}
	rejects, err := rejectsByFile(ctx, r.DB, batchID)
	if err != nil {
		return "", err
	}
	mended, err := remindersByFile(ctx, r.DB, batchID)
	if err != nil {
		return "", err
	}
	kept, err := qualities(ctx, r.DB, batchID)
	if err != nil {
		return "", err
	}
	say := func(key string, args ...any) string { return dict.T("zh", "intake."+key, args...) }
	var out strings.Builder
	for i := range files {
		f := &files[i]
		f.quality = kept[f.ID]
		r.reportFile(&out, say, f, rejects[f.ID], mended[f.ID])
	}
	alarms, err := alarmsOfBatch(ctx, r.DB, batchID)
	if err != nil {
		return "", err
	}
	for _, a := range alarms {
		fmt.Fprintln(&out, "报警："+say("alarm."+a.Kind, a.Args...))
	}
	return out.String(), nil
}

func (r *Room) reportFile(out *strings.Builder, say func(string, ...any) string, f *File, rejects, mended []grouped) {
	line := func(format string, args ...any) { fmt.Fprintf(out, format+"\n", args...) }
	t := r.Kinds.Of(f.Kind)
	line("%s：%s", f.Label(), say("state."+f.State))
	if t != nil {
		line("  认作“%s”，第 %d 行为表头，%d 列对上 %d 列", t.Name, f.HeadRow, len(t.Columns), f.Matched())
	}
	if f.Extra != "" {
		line("  %s", say("extra", f.Extra))
	}
	if f.Note != "" {
		line("  %s", f.Note)
	}
	if f.Read > 0 {
		line("  读取 %d 行：接收 %d，其中有提醒 %d，重复 %d，待核 %d，退回 %d", f.Read, f.Accepted, f.Repaired, f.Repeated, f.Review, f.Rejected)
	}
	show := func(title string, list []grouped, want func(code string) bool) {
		for _, g := range list {
			if !want(g.Code) {
				continue
			}
			head := g.Head
			if head == "" {
				head = say("wholeRow")
			}
			shown := ""
			if g.Shown != "" {
				shown = "“" + g.Shown + "”"
			}
			line("  %s %d 行：%s（如第 %d 行%s）", title, g.Rows, say("code."+g.Code, head), g.Row, shown)
		}
	}
	skip := func(code string) bool { return strings.HasPrefix(code, "skip.") }
	show("退回", rejects, func(string) bool { return true })
	show("提醒", mended, func(code string) bool { return !skip(code) })
	show("不算数据", mended, skip)
	for _, q := range f.quality.findings(f, t) {
		line("  质量：%s", say("quality."+q.code, q.args...))
	}
}
