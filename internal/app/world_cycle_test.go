package app

import (
	"strconv"
	"testing"
)

// cycleThings are the names in doors of what the demonstration's cycle left: August's round, an issued briefing, a case that waits and
// a public one.
func cycleThings(t *testing.T, a *App) []string {
	t.Helper()
	n := func(query string) string { t.Helper(); return strconv.FormatInt(value[int64](t, a, query), 10) }
	return []string{"{cycleround}", n(`SELECT max(round_id) FROM cycle_round WHERE area = '1529' AND kind = 'month'`), "{cyclepaper}", n(`SELECT max(paper_id) FROM cycle_paper WHERE area = '1529'`),
		"{cyclecase}", n(`SELECT max(case_id) FROM cycle_case WHERE area = '152921' AND state = 'submitted'`), "{cyclepublic}", n(`SELECT max(case_id) FROM cycle_case WHERE state = 'public'`)}
}
