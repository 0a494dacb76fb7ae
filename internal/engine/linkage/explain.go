package linkage

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"
)

// Hash is the SHA-256 of everything a weight depends on, in hexadecimal. Two runs with the same hash explain a pair alike.
func (t *Trained) Hash() string {
	sum := sha256.Sum256(t.Canonical())
	return hex.EncodeToString(sum[:])
}

// Canonical is the trained model as JSON, from which ReadTrained makes it again, bit for bit.
func (t *Trained) Canonical() []byte {
	text, _ := json.Marshal(t) // numbers are finite: cannot fail
	return text
}

// ReadTrained reads a canonical form and checks it against its hash. The result explains and recomputes; to link, train.
func ReadTrained(canonical []byte, hash string) (*Trained, error) {
	t := &Trained{}
	if err := json.Unmarshal(canonical, t); err != nil {
		return nil, fmt.Errorf("训练结果读不懂：%w", err)
	}
	if got := t.Hash(); got != hash {
		return nil, fmt.Errorf("训练结果与记录的哈希不符：应为 %s，算得 %s，内容可能被改过", hash, got)
	}
	return t, nil
}

// Term is one bar of the waterfall: what one column said, in bits.
type Term struct {
	Column      string  `json:"column"`
	Label       string  `json:"label"`
	Kind        string  `json:"kind"`
	Left        string  `json:"left"`  // as it was compared, not as it was written
	Right       string  `json:"right"` // the page masks ID and phone numbers
	Level       int     `json:"level"`
	Zh          string  `json:"zh"`
	En          string  `json:"en"`
	Bits        float64 `json:"bits"`
	Missing     bool    `json:"missing"`
	Replaced    bool    `json:"replaced"`     // another column said the same thing better
	LeftStatus  Status  `json:"left_status"`  // what the value was worth
	RightStatus Status  `json:"right_status"` // after cleaning
}

// Explanation says why two records were linked or not. Prior + all terms + Moved − Kin = Bits, exactly in this order.
type Explanation struct {
	Model       string  `json:"model"` // hash of the trained model
	Rule        string  `json:"rule"`  // the deciding rule; "" when weights decided
	Prior       float64 `json:"prior"` // 起点: the odds of two random records
	Terms       []Term  `json:"terms"`
	Moved       float64 `json:"moved"` // 一起变化: columns such as address and phone change together when somebody moves
	Kin         float64 `json:"kin"`   // 同住: what two people who live together have in common anyway
	Bits        float64 `json:"bits"`
	Probability float64 `json:"probability"`
	Auto        float64 `json:"auto"`   // bits from which on pairs are linked
	Review      float64 `json:"review"` // and from which on people look at them
}

// Masked is the explanation with every value as mask shows it, for pages: ID and phone numbers must not stand there in full.
// mask gets the column's kind (idnumber, phone, name_zh …) and a value that is not empty.
func (e Explanation) Masked(mask func(kind, value string) string) Explanation {
	e.Terms = slices.Clone(e.Terms)
	for i := range e.Terms {
		t := &e.Terms[i]
		for _, value := range []*string{&t.Left, &t.Right} {
			if *value != "" {
				*value = mask(t.Kind, *value)
			}
		}
	}
	return e
}

// LevelsOf are the levels of a vector, comparison by comparison.
func (t *Trained) LevelsOf(vector uint64) []int {
	out := make([]int, len(t.p.comps))
	for i, c := range t.p.comps {
		out[i] = c.of(vector)
	}
	return out
}

// Recompute adds up the weight of levels from the exported fields alone, as a run does: bits, and its two corrections.
func (t *Trained) Recompute(levels []int) (bits, moved, kin float64) {
	bits = t.Prior
	for i, l := range levels {
		bits += t.Bits[i][l]
	}
	if len(t.Shifts) == 0 {
		return bits, 0, 0
	}
	one, two := 0.0, 1.0
	for _, s := range t.Shifts {
		sum := s.Prior
		for i, l := range levels {
			sum += s.Bits[i][l]
		}
		if s.Kin {
			two += math.Exp2(sum)
		} else {
			one += math.Exp2(sum)
		}
	}
	moved, kin = math.Log2(max(one, 1e-9)), math.Log2(two)
	return bits + moved - kin, moved, kin
}

// Explain compares two records of the data again and says what each column contributed.
func (t *Trained) Explain(d *Data, left, right int) Explanation {
	a, b := d.row(uint32(left)), d.row(uint32(right))
	vector := t.p.vector(a, b)
	limits := t.p.model.Thresholds
	e := Explanation{Model: t.Hash(), Prior: t.Prior, Auto: bitsOf(limits.Auto), Review: bitsOf(limits.Review)}
	levels := t.LevelsOf(vector)
	e.Bits, e.Moved, e.Kin = t.Recompute(levels)
	pair := Pair{uint32(left), uint32(right), vector, e.Bits, -1}
	if alive := t.p.decide(vector); alive != 0 {
		pair.Rule = int8(firstBit(alive))
	}
	e.Rule, e.Probability = t.RuleName(pair), t.Probability(pair)
	for i, c := range t.p.comps {
		col := &t.p.columns[c.col]
		text := func(v uint32) (string, Status) { return string(col.dom.values.text(v)), col.dom.marks[v].Status }
		term := Term{Column: c.Column, Label: c.Label, Kind: col.Kind, Level: levels[i], Zh: c.levels[levels[i]].Zh, En: c.levels[levels[i]].En, Bits: t.Bits[i][levels[i]]}
		term.Left, term.LeftStatus = text(a[c.col])
		term.Right, term.RightStatus = text(b[c.col])
		term.Missing = levels[i] == 0
		term.Replaced = term.Missing && a[c.col] != 0 && b[c.col] != 0
		e.Terms = append(e.Terms, term)
	}
	return e
}
