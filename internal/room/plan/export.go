package plan

import (
	"io"
	"strings"

	"jiuye/internal/ground/sheet"
)

// writeTable writes an area's indicator table as xlsx.
func writeTable(w io.Writer, t words, b *Board, asOf string) error {
	x := sheet.NewXLSX(w)
	columns := []sheet.Column{{Title: t("plan.indicatorHead"), Width: 34}, {Title: t("plan.unitWord")}, {Title: b.TargetHead, Width: 18},
		{Title: t("plan.actualHead"), Kind: sheet.Number}, {Title: t("plan.doneHead") + "（%）", Kind: sheet.Number}, {Title: t("plan.dueHead") + "（%）", Kind: sheet.Number},
		{Title: t("plan.gapHead"), Kind: sheet.Number}, {Title: t("plan.statusHead"), Width: 12}, {Title: t("plan.remarkHead"), Width: 30}, {Title: t("plan.sourceHead"), Width: 14},
		{Title: t("plan.ahead.mean"), Kind: sheet.Number}, {Title: t("plan.ahead.interval"), Width: 22}, {Title: t("plan.ahead.chance") + "（%）", Kind: sheet.Number}}
	if err := x.Sheet(t("plan.export.sheet"), columns...); err != nil {
		return err
	}
	for _, l := range append(b.Lines, b.Others...) {
		done, due, gap := "", "", ""
		if l.Progress.Paced {
			done, due, gap = tenths(l.Progress.Done), tenths(l.Progress.Due), l.Gap
		}
		source := t("plan.counted")
		if l.Reported {
			source = t("plan.reported")
		}
		mean, interval, chance := "", "", ""
		if l.Ahead != nil {
			mean, interval, chance = l.Ahead.Mean, l.Ahead.Interval, l.Ahead.Chance
		}
		err := x.Row(l.Name, l.Unit, l.Target, plain(l.Actual), plain(done), plain(due), plain(gap), t("plan.judge."+string(l.Progress.Status)), l.Remark, source, plain(mean), interval, chance)
		if err != nil {
			return err
		}
	}
	if err := x.Row(t("plan.asOf", asOf) + "；" + b.Name); err != nil {
		return err
	}
	for _, n := range b.Notes {
		if err := x.Row(n); err != nil {
			return err
		}
	}
	return x.Close()
}

// plain is a written figure as a spreadsheet counts with it; nothing where there is none.
func plain(s string) string {
	if s == "—" {
		return ""
	}
	return strings.NewReplacer(",", "", "−", "-", "+", "").Replace(s)
}
