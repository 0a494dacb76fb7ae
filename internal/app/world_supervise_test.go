package app

import (
	"strconv"
	"testing"
)

// superviseThings are the names in doors of what the demonstration's year of supervision left.
func superviseThings(t *testing.T, a *App) []string {
	t.Helper()
	n := func(query string) string { t.Helper(); return strconv.FormatInt(value[int64](t, a, query), 10) }
	return []string{"{duty}", n(`SELECT max(duty_id) FROM supervise_duty WHERE area = '152921' AND state = 'open'`), "{superviseunit}", n(`SELECT max(unit_id) FROM supervise_unit WHERE area = '152921'`),
		"{meeting}", n(`SELECT max(meeting_id) FROM supervise_meeting WHERE area = '1529'`), "{inspection}", n(`SELECT max(inspection_id) FROM supervise_inspection WHERE area = '1529'`),
		"{appraisal}", n(`SELECT max(scheme_id) FROM supervise_scheme WHERE area = '1529'`), "{superviseproof}", n(`SELECT max(file_id) FROM evidence_file WHERE object = 'supervise' AND object_id IN (SELECT duty_id FROM supervise_duty WHERE area = '152921')`)}
}
