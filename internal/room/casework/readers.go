package casework

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/web"
)

// readersPage is how many lines the page of readers shows at once.
const readersPage = 30

type readersData struct {
	Rows   []reading
	Cut    bool   // there are older ones
	More   string // address of the page with all of them
	Paging web.Paging
	next   audit.Cursor
}

// reading is one line of the audit log, as the person may read it.
type reading struct {
	Who, What string
	At        time.Time
}

func (r *Room) readers(ctx context.Context, personID int64, most int, after audit.Cursor) (data readersData, err error) {
	entries, next, err := r.Audit.About(ctx, "person", personID, most, after)
	for _, e := range entries {
		data.Rows = append(data.Rows, reading{Who: e.Actor, What: e.What, At: e.At})
	}
	data.next, data.Cut = next, next != audit.Cursor{}
	return data, err
}

// fileReaders tells staff who looked at a file.
func (r *Room) fileReaders(c *web.Ctx) error {
	facts, err := r.theFile(c)
	if err != nil {
		return err
	}
	return r.renderReaders(c, facts.ID, web.Page{Title: c.T("casework.readers.title", facts.Name), Window: c.T("casework.readers.title", web.MaskName(facts.Name)), Nav: atPeople,
		Crumbs: []web.Crumb{{Text: c.T("casework.menu.people"), Href: atPeople}, {Text: facts.Name, Href: fmt.Sprintf(atFile, facts.ID)}, {Text: c.T("casework.file.readers")}}})
}

// ownReaders tells a seeker who looked at the own file.
func (r *Room) ownReaders(c *web.Ctx) error {
	if c.User.PersonID == 0 {
		return errNoFile
	}
	return r.renderReaders(c, c.User.PersonID, web.Page{Title: c.T("casework.readers.own"), Public: true, Nav: atOwn,
		Crumbs: []web.Crumb{{Text: c.T("casework.me.title"), Href: atOwn}, {Text: c.T("casework.readers.own")}}})
}

func (r *Room) renderReaders(c *web.Ctx, personID int64, page web.Page) error {
	at, err := c.Cursor(3)
	if err != nil {
		return err
	}
	var after audit.Cursor
	if !at.Start() {
		after = audit.Cursor{At: at.Int(0), Chain: at.Text(1), Seq: at.Int(2)}
	}
	data, err := r.readers(c.Context(), personID, readersPage, after)
	if err != nil {
		return err
	}
	var next web.Cursor
	if data.Cut {
		next = web.NewCursor(data.next.At, data.next.Chain, data.next.Seq)
	}
	data.Paging = c.Paging(-1, len(data.Rows), next)
	page.Data, page.Lede = data, c.T("casework.readers.lede")
	return c.Render("casework/readers", page)
}
