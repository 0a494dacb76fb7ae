package audit

import (
	"bytes"
	"context"
	"fmt"

	"jiuye/internal/ground/fault"
)

// Break is the first place where a chain does not hold.
type Break struct {
	Chain string
	Seq   int64
	Why   string
}

// Error says in plain Chinese where and why.
func (b *Break) Error() string {
	return fmt.Sprintf("审计记录链“%s”第 %d 条：%s", b.Chain, b.Seq, b.Why)
}

// Why a chain breaks.
const (
	changed  = "内容被改动过，与当时记下的校验值不符"
	missing  = "缺失，可能被删除"
	unlinked = "与前一条接不上，可能被替换或调换过次序"
	headless = "链头缺失，可能被删除"
	headBad  = "与链头记下的校验值不符，最后的记录可能被替换过"
	surplus  = "不在链头之内，可能是另外添加的"
)

// Verify goes through every entry of every chain and returns how many held. The error is a fault of kind Conflict around
// the first [Break], which says in plain Chinese where the chain breaks. Entries that are written meanwhile do no harm.
func (l *Log) Verify(ctx context.Context) (entries int64, err error) {
	before, err := heads(ctx, l.DB)
	if err != nil {
		return 0, err
	}
	v := verifier{least: before, last: map[string]Head{}}
	if err := each(ctx, l.DB, v.next); err != nil {
		return v.entries, told(err)
	}
	after, err := heads(ctx, l.DB)
	if err != nil {
		return v.entries, err
	}
	return v.entries, told(v.finish(after))
}

func told(err error) error {
	if b, ok := err.(*Break); ok {
		return fault.Wrap(fault.Conflict, b, b.Error()+"。请保留现场，不要清理数据库，并报告信息安全负责人")
	}
	return err
}

// Heads are the chains' ends, to be written down outside of the database.
func (l *Log) Heads(ctx context.Context) ([]Head, error) { return heads(ctx, l.DB) }

// verifier reads the entries in the order of chain and seq.
type verifier struct {
	least   []Head          // heads before the reading began
	last    map[string]Head // the last entry seen of each chain
	entries int64
}

func (v *verifier) next(e *Entry) error {
	before := v.last[e.Chain] // the zero Head in front of the first entry: number 0, no hash
	switch {
	case e.Seq <= 0:
		return &Break{e.Chain, e.Seq, surplus}
	case e.Seq != before.Seq+1:
		return &Break{e.Chain, before.Seq + 1, missing}
	case !bytes.Equal(e.hash, e.sum()):
		return &Break{e.Chain, e.Seq, changed}
	case !bytes.Equal(e.prev, before.Hash):
		return &Break{e.Chain, e.Seq, unlinked}
	}
	for _, h := range v.least {
		if h.Chain == e.Chain && h.Seq == e.Seq && !bytes.Equal(h.Hash, e.hash) {
			return &Break{e.Chain, e.Seq, headBad}
		}
	}
	v.last[e.Chain] = Head{e.Chain, e.Seq, e.hash}
	v.entries++
	return nil
}

// finish compares the last entries with the heads: at least as many as before the reading, at most as many as after.
func (v *verifier) finish(after []Head) error {
	for _, h := range v.least {
		if last := v.last[h.Chain]; last.Seq < h.Seq {
			return &Break{h.Chain, last.Seq + 1, missing}
		}
	}
	known := map[string]bool{}
	for _, h := range after {
		known[h.Chain] = true
		switch last := v.last[h.Chain]; {
		case last.Seq > h.Seq:
			return &Break{h.Chain, h.Seq + 1, surplus}
		case last.Seq == h.Seq && !bytes.Equal(last.Hash, h.Hash):
			return &Break{h.Chain, h.Seq, headBad}
		}
	}
	for chain, last := range v.last {
		if !known[chain] {
			return &Break{chain, last.Seq, headless}
		}
	}
	return nil
}
