package jobs

import (
	"context"
	"sync"

	"jiuye/internal/engine/rank/occupation"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

// builtIn is the coder of the classification that is built in, made once for a process.
var builtIn = sync.OnceValue(func() *occupation.Coder { return occupation.New(nil) })

// sureEnough is the score from which a title is coded without a person looking at it.
const sureEnough = 0.3

// coding is the coder of titles with what officers have put right. It is made when it is first needed.
type coding struct {
	mu    sync.Mutex
	base  *occupation.Coder
	coder *occupation.Coder
	made  int64             // version of the corrections in it
	known map[string]string // title → code, of coder
}

// Correction is an officer's word that a title is an occupation. Undone ones stay listed.
type Correction struct {
	Version     int64 // rising: the state of the list
	Title, Code string
	ByID        int64
	By          string
	At          int64 // unix ms
	Undone      bool
}

// coder is the coder with the corrections in force.
func (r *Room) coder(ctx context.Context) (*occupation.Coder, error) {
	version, err := r.store.codingVersion(ctx)
	if err != nil {
		return nil, err
	}
	c := &r.coding
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.coder != nil && c.made == version {
		return c.coder, nil
	}
	if c.base == nil {
		c.base = builtIn()
	}
	list, err := r.store.corrections(ctx, true, 1<<31-1)
	if err != nil {
		return nil, err
	}
	right := make([]occupation.Correction, len(list))
	for i, x := range list {
		right[len(list)-1-i] = occupation.Correction{Title: x.Title, Code: x.Code} // oldest first
	}
	made, err := c.base.With(right)
	if err != nil {
		return nil, err
	}
	c.coder, c.made, c.known = made, version, map[string]string{}
	return made, nil
}

// Suggest gives the occupations that a title may name, the likeliest first.
func (r *Room) Suggest(ctx context.Context, title string, k int) ([]occupation.Answer, error) {
	c, err := r.coder(ctx)
	if err != nil {
		return nil, err
	}
	return c.Code(title, k), nil
}

// codeTitles makes the coder ready for codeOf.
func (r *Room) codeTitles(ctx context.Context) error {
	_, err := r.coder(ctx)
	return err
}

// mostTitles is how many titles' codes are remembered.
const mostTitles = 200_000

// codeOf is the code of a title, or of the kind of work where the title says too little; "" when neither is sure enough.
func (r *Room) codeOf(title, work string) string {
	c := &r.coding
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.coder == nil {
		return ""
	}
	key := title + "\n" + work
	if code, known := c.known[key]; known {
		return code
	}
	code := ""
	for _, text := range []string{title, work} {
		if text == "" {
			continue
		}
		if list := c.coder.Code(text, 1); len(list) > 0 && list[0].Score >= sureEnough {
			code = list[0].Code
			break
		}
	}
	if len(c.known) < mostTitles {
		c.known[key] = code
	}
	return code
}

// occupationName is an occupation's name for people, "" when the code is unknown.
func (r *Room) occupationName(ctx context.Context, code string) string {
	c, err := r.coder(ctx)
	if err != nil {
		return ""
	}
	class, _ := c.Table().Find(code)
	return class.Name
}

// Correct notes an officer's correction of a title's occupation; the next answer knows it.
func (r *Room) Correct(ctx context.Context, who web.User, title, code, key string) error {
	if who.Role != roleOfficer && who.Role != roleManager {
		return fault.New(fault.Denied, "更正职业归类由经办人员办理")
	}
	c, err := r.coder(ctx)
	if err != nil {
		return err
	}
	if _, err := c.Correct(title, code); err != nil {
		return fault.Wrap(fault.Invalid, err, "职业分类里没有代码 "+code+"，请写 2022 年版分类的代码，如 6-18-02-04")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.store.putCorrection(ctx, tx, Correction{Version: r.IDs.Next(), Title: title, Code: code, ByID: who.ID, By: actor(who), At: r.Clock.Now().UnixMilli()}); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: actor(who), Act: "jobs.coding", Object: "title", Area: who.Area, What: "职业归类：“" + title + "”是 " + code})
	})
}

// Uncorrect takes a correction back.
func (r *Room) Uncorrect(ctx context.Context, who web.User, version int64, key string) error {
	if who.Role != roleOfficer && who.Role != roleManager {
		return fault.New(fault.Denied, "更正职业归类由经办人员办理")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		n, err := r.store.undoCorrection(ctx, tx, version, r.IDs.Next())
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, "没有这条更正，可能已经撤销")
		}
		if err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: actor(who), Act: "jobs.coding", Object: "title", ObjectID: version, Area: who.Area, What: "撤销一条职业归类更正"})
	})
}
