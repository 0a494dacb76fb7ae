package account

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/register/area"
)

// Client is a program of another department that calls the API (部门接口的调用方).
type Client struct {
	ID        int64
	Name      string
	Source    string   // the department
	Area      string   // nobody outside of it is told of
	Purposes  []string // codes of Purposes that it was granted
	PerMinute int      // calls
	Disabled  bool
	CreatedAt time.Time
	RotatedAt time.Time // when its key was made
	Version   int64

	keyHash, oldHash []byte
	oldUntil         int64
}

// Purpose is what a department may ask for (个人信息保护法 art. 6: a clear purpose, and no more than it needs).
type Purpose struct{ Code, Zh string }

// Purposes are all there are; each call names one of those that its client was granted.
var Purposes = []Purpose{
	{"delivery", "报送数据"}, {"linkage", "身份比对"}, {"verification", "资格核验"}, {"service", "就业服务"}, {"statistics", "统计分析"},
}

// PurposeName is a purpose as people read it; "" when there is none of that code.
func PurposeName(code string) string {
	for _, p := range Purposes {
		if p.Code == code {
			return p.Zh
		}
	}
	return ""
}

// May reports whether a client was granted a purpose.
func (c *Client) May(purpose string) bool { return slices.Contains(c.Purposes, purpose) }

// Signature is how the client appears in the audit log.
func (c *Client) Signature() string { return c.Name + "（部门接口）" }

// Clients is the register of programs.
type Clients struct {
	DB     *db.DB
	Sealer *seal.Sealer
	Clock  clock.Clock
	IDs    *id.Maker
	Audit  *audit.Log
}

const (
	// keyGrace is how long the old key is taken after a rotation, so that a department can change it without an outage.
	keyGrace = 24 * time.Hour
	// callsAMinute is what a client may do when nothing else was said.
	callsAMinute = 600
	keyHead      = "jy_"
)

// newKey makes a client's key: its id, to find it by, and 256 random bits.
func newKey(clientID int64) string {
	var secret [32]byte
	_, _ = rand.Read(secret[:]) // never fails since Go 1.24
	return keyHead + strconv.FormatInt(clientID, 36) + "_" + base64.RawURLEncoding.EncodeToString(secret[:])
}

// clientOf is the id in a key; 0 when it is none of ours.
func clientOf(key string) int64 {
	text, ours := strings.CutPrefix(key, keyHead)
	number, _, parted := strings.Cut(text, "_")
	n, err := strconv.ParseInt(number, 36, 64)
	if !ours || !parted || err != nil || len(key) > 100 {
		return 0
	}
	return n
}

func (c *Client) check() error {
	c.Name, c.Source, c.Area = strings.TrimSpace(c.Name), strings.TrimSpace(c.Source), area.Normal(c.Area)
	switch {
	case c.Name == "":
		return fault.New(fault.Invalid, "请写明调用方的名称，例如“阿拉善盟医疗保障局”")
	case c.Source == "":
		return fault.New(fault.Invalid, "请写明部门，例如“医保”")
	case !area.Exists(c.Area):
		return fault.New(fault.Invalid, "没有代码为 %s 的地区，请核对行政区划代码", c.Area)
	case len(c.Purposes) == 0:
		return fault.New(fault.Invalid, "请至少给一个用途，可选：%s", purposeList())
	case c.PerMinute < 0 || c.PerMinute > 100000:
		return fault.New(fault.Invalid, "每分钟次数应在 1 到 100000 之间，写的是 %d", c.PerMinute)
	}
	for _, p := range c.Purposes {
		if PurposeName(p) == "" {
			return fault.New(fault.Invalid, "没有用途 %s，可选：%s", p, purposeList())
		}
	}
	if c.PerMinute == 0 {
		c.PerMinute = callsAMinute
	}
	return nil
}

func purposeList() string {
	list := make([]string, len(Purposes))
	for i, p := range Purposes {
		list[i] = p.Code + "（" + p.Zh + "）"
	}
	return strings.Join(list, "、")
}

// Add makes a client and returns its key, which is nowhere kept and cannot be shown again. by is who does it.
func (s *Clients) Add(ctx context.Context, c Client, by string) (Client, string, error) {
	if err := c.check(); err != nil {
		return c, "", err
	}
	now := s.Clock.Now()
	c.ID, c.CreatedAt, c.RotatedAt, c.Version = s.IDs.Next(), now, now, 1
	key := newKey(c.ID)
	c.keyHash = s.Sealer.Hash("client", key)
	return c, key, s.act(ctx, &c, by, "新建部门接口调用方 "+c.Name, func(tx *db.Tx) error { return addClient(ctx, tx, &c) })
}

// Rotate gives a client a new key. The old one is taken for another day.
func (s *Clients) Rotate(ctx context.Context, clientID int64, by string) (Client, string, error) {
	c, err := s.Get(ctx, clientID)
	if err != nil {
		return c, "", err
	}
	key, now := newKey(c.ID), s.Clock.Now()
	c.oldHash, c.oldUntil, c.keyHash, c.RotatedAt = c.keyHash, now.Add(keyGrace).UnixMilli(), s.Sealer.Hash("client", key), now
	return c, key, s.act(ctx, &c, by, "更换部门接口调用方 "+c.Name+" 的密钥", func(tx *db.Tx) error { return setClient(ctx, tx, &c) })
}

// SetDisabled stops a client at once, or lets it in again with the key it has.
func (s *Clients) SetDisabled(ctx context.Context, clientID int64, disabled bool, by string) (Client, error) {
	c, err := s.Get(ctx, clientID)
	if err != nil {
		return c, err
	}
	c.Disabled, c.oldUntil = disabled, 0
	what := map[bool]string{true: "停用部门接口调用方 ", false: "恢复部门接口调用方 "}[disabled]
	return c, s.act(ctx, &c, by, what+c.Name, func(tx *db.Tx) error { return setClient(ctx, tx, &c) })
}

func (s *Clients) act(ctx context.Context, c *Client, by, what string, do func(*db.Tx) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := do(tx); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, audit.Entry{Actor: by, Act: "account.client", Object: "client", ObjectID: c.ID, Area: c.Area, What: what})
	})
}

// Get reads a client. It is a fault of kind NotFound when there is none.
func (s *Clients) Get(ctx context.Context, clientID int64) (Client, error) {
	c, found, err := clientByID(ctx, s.DB, clientID)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有编号为 %d 的部门接口调用方，见 jiuye client list", clientID)
	}
	return c, err
}

// List reads all clients, in the order of their areas.
func (s *Clients) List(ctx context.Context) ([]Client, error) { return listClients(ctx, s.DB) }

// Identify finds the client of a key; found is false for a wrong key and for a client that is disabled.
func (s *Clients) Identify(ctx context.Context, key string) (c Client, found bool, err error) {
	number := clientOf(key)
	if number == 0 {
		return c, false, nil
	}
	if c, found, err = clientByID(ctx, s.DB, number); err != nil || !found {
		return Client{}, false, err
	}
	hash := s.Sealer.Hash("client", key)
	right := same(hash, c.keyHash) || s.Clock.Now().UnixMilli() < c.oldUntil && same(hash, c.oldHash)
	if !right || c.Disabled {
		return Client{}, false, nil
	}
	return c, true, nil
}

// Pseudonym is how one client knows a person: the same at every call, of no use to any other client, and not to be turned
// back without our key. Two departments cannot join what they hold behind our back.
func (s *Clients) Pseudonym(clientID, personID int64) string {
	sum := s.Sealer.Hash("pseudonym", strconv.FormatInt(clientID, 36)+" "+strconv.FormatInt(personID, 36))
	return "p" + base64.RawURLEncoding.EncodeToString(sum[:15])
}
