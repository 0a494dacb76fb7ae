package casework

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// peopleRows is how many people a search shows at once.
const peopleRows = 30

type peopleData struct {
	Asked  bool
	Number bool // a number was looked for, which the page does not repeat
	Rows   []peopleRow
	Paging web.Paging
}

type peopleRow struct {
	Href, Name, Sex, Number, Place string
	Age                            int
}

func searchForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "q", Label: c.T("casework.people.q"), Need: true, Max: 40, Auto: "off"})
}

// isNumber tells numbers from names: no name has six digits.
func isNumber(text string) bool {
	n := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n >= 6
}

// find takes what was typed by POST, because a number must not stand in an address: a name goes on to a list, a number
// straight to the file.
func (r *Room) find(c *web.Ctx) error {
	f := searchForm(c)
	text := f.Text("q")
	switch {
	case !f.OK():
		return r.renderPeople(c, f, peopleData{})
	case !isNumber(text):
		return c.Redirect(atPeople + "?q=" + url.QueryEscape(text))
	}
	number, err := identity.ParseIDNumber(text)
	var wrong *identity.CodeError
	if errors.As(err, &wrong) {
		reason := wrong.Zh
		if c.Lang == "en" {
			reason = wrong.En
		}
		f.Fail("q", reason)
		return r.renderPeople(c, f, peopleData{})
	}
	if err != nil {
		return err
	}
	found, err := r.People.Search(c.Context(), c.User.Area, number.Number, "", 0, 1)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return r.renderPeople(c, f, peopleData{Asked: true, Number: true})
	}
	return c.Redirect(fmt.Sprintf(atFile, found[0].ID))
}

// people lists who is called like that.
func (r *Room) people(c *web.Ctx) error {
	f := searchForm(c)
	name := c.Query("q")
	if name == "" || isNumber(name) { // a number in an address was not put there by our form
		f.Values.Del("q")
		return r.renderPeople(c, f, peopleData{})
	}
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	found, err := r.People.Search(c.Context(), c.User.Area, name, at.Text(0), at.Int(1), peopleRows+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(found) > peopleRows {
		found = found[:peopleRows]
		next = web.NewCursor(person.NameKey(found[peopleRows-1].Name), found[peopleRows-1].ID)
	}
	data := peopleData{Asked: true, Paging: c.Paging(-1, len(found), next)}
	today := r.Clock.Today()
	for i := range found {
		p := &found[i]
		data.Rows = append(data.Rows, peopleRow{Href: fmt.Sprintf(atFile, p.ID), Name: identity.MaskName(p.Name), Sex: c.T(fmt.Sprintf("casework.sex.%d", p.Sex)),
			Age: p.Age(today), Number: identity.MaskID(p.IDNumber), Place: home(c, p.Area)})
	}
	return r.renderPeople(c, f, data)
}

// home names where somebody lives, without the area that the reader's search is bound to anyway.
func home(c *web.Ctx, code string) string {
	full := area.FullName(code)
	if short := strings.TrimPrefix(full, area.FullName(c.User.Area)); short != "" {
		return short
	}
	return full
}

func (r *Room) renderPeople(c *web.Ctx, f *web.Form, data peopleData) error {
	return c.Render("casework/people", web.Page{Title: c.T("casework.people.title"), Lede: c.T("casework.people.lede", area.Name(c.User.Area)),
		Form: f, Data: data, Nav: atPeople})
}
