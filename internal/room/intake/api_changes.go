package intake

import (
	"context"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// rawChanges is how many changes of the whole register one call looks through at most. A client of a small area in a large
// register gets short pages and goes on, instead of waiting for a long one.
const rawChanges = 200_000

type changesInput struct {
	Since string `query:"since" maxLength:"200" doc:"上次返回的 next；不写则从头开始"`
	Limit int    `query:"limit" default:"1000" minimum:"1" maximum:"10000" doc:"一页最多几条"`
}

// ChangeLine is one person's last change as a client sees it.
type ChangeLine struct {
	Person string `json:"person" doc:"化名，与比对接口给出的相同"`
	What   string `json:"what" doc:"最后一次变的是什么：person 基本信息、registration 失业登记、spell 就业、insurance 参保、group 重点群体、graduate 毕业、training 培训、certificate 证书、need 需求等"`
	At     string `json:"at" format:"date-time" doc:"写入的时间"`
}

type changesOutput struct {
	Body struct {
		Changes []ChangeLine `json:"changes"`
		Next    string       `json:"next" doc:"下次从这里接着读，请保存"`
		More    bool         `json:"more" doc:"true 表示后面还有，请马上接着读"`
	}
}

func (a *api) changes(ctx context.Context, in *changesInput) (*changesOutput, error) {
	c := callerOf(ctx)
	mark, err := a.openMark(c.ID, in.Since)
	if err != nil {
		return nil, problem(err)
	}
	out := &changesOutput{}
	out.Body.Changes = []ChangeLine{}
	out.Body.More = true
	for looked := 0; out.Body.More && len(out.Body.Changes) < in.Limit && looked < rawChanges; {
		list, next, more, err := a.People.Changes(ctx, mark, max(5000, in.Limit))
		if err != nil {
			return nil, problem(err)
		}
		looked += len(list)
		for i, ch := range list {
			if ch.Area == "" || !area.Within(ch.Area, c.Area) {
				continue
			}
			out.Body.Changes = append(out.Body.Changes, ChangeLine{a.Clients.Pseudonym(c.ID, ch.PersonID), ch.What, db.StampTime(ch.ChangeID).Format(time.RFC3339)})
			if len(out.Body.Changes) == in.Limit && i < len(list)-1 {
				next, more = ch.Mark, true
				break
			}
		}
		mark, out.Body.More = next, more
	}
	out.Body.Next = a.sealMark(c.ID, mark)
	if len(out.Body.Changes) > 0 { // nothing was read where there was nothing
		err = a.Audit.Note(ctx, audit.Entry{ActorID: c.ID, Actor: c.Signature(), Act: "api.changes", Object: "client", ObjectID: c.ID, Area: c.Area,
			What: fmt.Sprintf("以“%s”为用途读取 %d 人有变更，只给出化名", account.PurposeName(c.purpose), len(out.Body.Changes))})
	}
	return out, problem(err)
}

// A mark holds a person's id, which no client may learn: it would be the same for all of them.
func (a *api) sealMark(clientID int64, m person.Mark) string {
	return base64.RawURLEncoding.EncodeToString(a.Sealer.Seal(fmt.Sprintf("change %d %d %d", clientID, m.ChangeID, m.PersonID)))
}

func (a *api) openMark(clientID int64, text string) (m person.Mark, err error) {
	if text == "" {
		return m, nil
	}
	wrong := fault.New(fault.Invalid, "since 不是您上次得到的 next，请原样传回；丢了就不写，从头读起")
	sealed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return m, wrong
	}
	plain, err := a.Sealer.Open(sealed)
	parts := strings.Fields(plain)
	if err != nil || len(parts) != 4 || parts[0] != "change" || parts[1] != strconv.FormatInt(clientID, 10) {
		return m, wrong
	}
	m.ChangeID, _ = strconv.ParseInt(parts[2], 10, 64) // our own numbers
	m.PersonID, _ = strconv.ParseInt(parts[3], 10, 64)
	return m, nil
}
