package roster

import "strconv"

const (
	home    = "/roster"
	compare = home + "/compare"
)

// listHref is the page of a list or comparison.
func listHref(l *List) string {
	if l.Check != nil {
		return compare + "/" + l.ID
	}
	return home + "/" + l.ID
}

// memberHref is the page of one person or employer on a list.
func memberHref(l *List, owner int64) string {
	kind := "/person/"
	if l.Employers() {
		kind = "/unit/"
	}
	return listHref(l) + kind + strconv.FormatInt(owner, 10)
}
