package cycle

import (
	"context"
	"fmt"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/evidence"
)

// Kinds of cases: 典型经验, 典型人物.
const (
	Practice = "practice"
	Person   = "person"
)

// fields are what a case may be about.
var fields = []string{"graduates", "transfers", "hard", "startup", "training", "service", "veterans", "other"}

// States of a case beside Submitted and Returned: 已入库、已公开、已撤下.
const (
	Approved  = "approved"
	Public    = "public"
	Withdrawn = "withdrawn"
)

// Case is a case of good practice, or a person who set an example.
type Case struct {
	ID      int64
	Area    string
	Kind    string
	Field   string
	Title   string
	Said    CaseSaid
	State   string
	Agreed  bool // the person agreed to be named in public
	ByID    int64
	By      string
	Judge   string
	Reason  string
	Day     db.Date
	Version int64

	PersonID int64 // of the register of people; 0: nobody of it
}

// CaseSaid is what is kept sealed of a case.
type CaseSaid struct {
	Text    string
	Source  string // where it was found
	Contact string
	Name    string // of the person
}

// Proof is a file that shows that a case is true.
type Proof struct {
	Content []byte
	Type    string
}

func caseAt(id int64) string { return fmt.Sprintf("/cycle/case/%d", id) }

// check asks for what a case needs. Titles stand in lists and in the log: they hold no name.
func (c *Case) check() error {
	switch {
	case c.Kind != Practice && c.Kind != Person:
		return fault.New(fault.Invalid, "请选择典型经验或典型人物")
	case c.Title == "" || c.Said.Text == "" || c.Said.Source == "":
		return fault.New(fault.Invalid, "请填写标题、正文和材料来源")
	case c.Kind == Person && c.Said.Name == "":
		return fault.New(fault.Invalid, "典型人物请填写姓名")
	case c.Kind == Person && strings.Contains(c.Title, c.Said.Name):
		return fault.New(fault.Invalid, "标题会出现在列表和日志里，请不写姓名，姓名填在“姓名”一栏")
	}
	return nil
}

// whose finds the person of the register that a case is about by an ID number, which is not kept; 0 where none is given. Faults: Invalid, always
// with the same words, so that nobody learns who is in the register.
func (r *Room) whose(ctx context.Context, c *Case, number string) (int64, error) {
	if number == "" || c.Kind != Person || r.People == nil {
		return 0, nil
	}
	unknown := fault.New(fault.Invalid, "%s的实名库里没有姓名和身份证号都相符的人，请核对；不在库里的，身份证号可以不填", area.FullName(c.Area))
	id, err := r.People.ByIDNumber(ctx, r.DB, strings.ToUpper(number))
	if err != nil {
		return 0, err
	}
	if id == 0 {
		return 0, unknown
	}
	p, err := r.People.Get(ctx, id)
	if err != nil {
		return 0, err
	}
	if p.Name != c.Said.Name || !area.Within(p.Area, c.Area) {
		return 0, unknown
	}
	return id, nil
}

// agreed writes down in the register of consents that the person of a case agreed to be named in public.
func (r *Room) agreed(ctx context.Context, tx *db.Tx, who web.User, c *Case) error {
	if c.PersonID == 0 || !c.Agreed || r.Agreed == nil {
		return nil
	}
	return r.Agreed(ctx, tx, who, c.PersonID)
}

// Tell puts a case forward to the level above. number is the ID number of the person that it is about, "" for nobody of the register; evidence may
// be nil.
func (r *Room) Tell(ctx context.Context, who web.User, c Case, number string, proof *Proof, key string) (int64, error) {
	if err := MayWrite(who, c.Area); err != nil {
		return 0, err
	}
	if err := c.check(); err != nil {
		return 0, err
	}
	var err error
	if c.PersonID, err = r.whose(ctx, &c, number); err != nil {
		return 0, err
	}
	c.ID, c.State, c.ByID, c.By, c.Day, c.Version = r.IDs.Next(), Submitted, who.ID, account.Signature(who), db.On(r.today()), 1
	return c.ID, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.addCase(ctx, tx, &c); err != nil {
			return err
		}
		if proof != nil {
			if _, err := r.Evidence.Add(ctx, tx, evidence.File{OwnerID: c.ID, Object: "cycle", ObjectID: c.ID, Name: "佐证材料", Type: proof.Type, Content: proof.Content, ByID: who.ID}); err != nil {
				return err
			}
		}
		if err := r.agreed(ctx, tx, who, &c); err != nil {
			return err
		}
		return r.noteCase(ctx, tx, who, &c, "报送典型："+c.Title)
	})
}

// Decide moves a case: the level above approves it, returns it, makes it public or takes it down.
func (r *Room) Decide(ctx context.Context, who web.User, id int64, to, reason string, version int64, key string) error {
	c, err := r.caseByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayJudge(who, &c); err != nil {
		return err
	}
	from := map[string][]string{Approved: {Submitted, Withdrawn}, Returned: {Submitted}, Public: {Approved}, Withdrawn: {Approved, Public}}[to]
	for _, s := range from {
		if s != c.State {
			continue
		}
		if to == Approved && c.Said.Text == "" {
			return fault.New(fault.Conflict, "这个典型的内容已经按规定删除，不能再入库")
		}
		if reason == "" && (to == Returned || to == Withdrawn) {
			return fault.New(fault.Invalid, "请写明退回或撤下的原因")
		}
		c.State, c.Judge, c.Reason, c.Day = to, account.Signature(who), reason, db.On(r.today())
		return r.DB.Tx(ctx, func(tx *db.Tx) error {
			if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
				return err
			}
			if err := r.saveCase(ctx, tx, &c, version); err != nil {
				return err
			}
			return r.noteCase(ctx, tx, who, &c, map[string]string{Approved: "审核通过典型：", Returned: "退回典型：", Public: "公开典型：", Withdrawn: "撤下典型："}[to]+c.Title)
		})
	}
	return fault.New(fault.Conflict, "这个典型现在不能这样办，请看过现在的样子再办")
}

// Mend changes a case that was returned, and puts it forward again. Without a number it stays about the person that it was about, as long as the
// name stays.
func (r *Room) Mend(ctx context.Context, who web.User, id int64, title string, said CaseSaid, agreed bool, number string, version int64, key string) error {
	c, err := r.caseByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayWrite(who, c.Area); err != nil {
		return err
	}
	if c.State != Returned {
		return fault.New(fault.Conflict, "只有退回的可以修改")
	}
	same := said.Name == c.Said.Name
	c.Title, c.Said = title, said
	if err := c.check(); err != nil {
		return err
	}
	if number != "" || !same {
		if c.PersonID, err = r.whose(ctx, &c, number); err != nil {
			return err
		}
	}
	c.Agreed, c.State, c.ByID, c.By, c.Day = agreed, Submitted, who.ID, account.Signature(who), db.On(r.today())
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.saveCase(ctx, tx, &c, version); err != nil {
			return err
		}
		if err := r.agreed(ctx, tx, who, &c); err != nil {
			return err
		}
		return r.noteCase(ctx, tx, who, &c, "修改典型："+c.Title)
	})
}
