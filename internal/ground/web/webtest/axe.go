package webtest

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
)

var axe struct {
	sync.Once
	source string
	err    error
}

// finding is one violated rule of axe-core.
type finding struct {
	ID, Impact, Help string
	Nodes            []struct {
		HTML           string
		FailureSummary string
	}
}

// Axe lets axe-core look at the page and fails the test on every serious or critical finding.
func (p *Page) Axe() {
	p.t.Helper()
	axe.Do(func() {
		raw, err := os.ReadFile(filepath.Join(Root(p.t), "web", "node_modules", "axe-core", "axe.min.js"))
		axe.source, axe.err = string(raw), err
	})
	if axe.err != nil {
		p.t.Fatalf("axe-core is missing, run make build: %v", axe.err)
	}
	Eval[bool](p, axe.source+";true")
	found := Eval[[]finding](p, `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v => ({ID: v.id, Impact: v.impact, Help: v.help,
		Nodes: v.nodes.slice(0, 4).map(n => ({HTML: n.html.slice(0, 240), FailureSummary: n.failureSummary}))})))`)
	for _, f := range found {
		if f.Impact != "serious" && f.Impact != "critical" {
			p.t.Logf("axe, %s: %s (%s)", f.Impact, f.Help, f.ID)
			continue
		}
		for _, n := range f.Nodes {
			p.t.Errorf("axe, %s at %s: %s (%s)\n  %s\n  %s", f.Impact, p.Location(), f.Help, f.ID, n.HTML,
				strings.ReplaceAll(n.FailureSummary, "\n", "\n  "))
		}
	}
}
