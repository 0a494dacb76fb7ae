package intake

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"

	"jiuye/internal/engine/identity"
	"jiuye/internal/engine/linkage"
)

// explained is a pair computed again from the kept model: the same bits as when it was linked.
type explained struct {
	pair        linked
	prior       float64
	terms       []term
	moved, kin  float64
	bits        float64
	auto, least float64 // thresholds, in bits
}

// term is what one column said.
type term struct {
	Column, Label, Zh, En string
	Bits                  float64
	Missing               bool
}

// explain computes a pair again; without levels (a row beside itself) it is empty.
func explain(m keptModel, pair linked) (explained, error) {
	e := explained{pair: pair, auto: m.auto, least: m.review}
	if len(pair.Levels) == 0 {
		return e, nil
	}
	t, err := linkage.ReadTrained(m.canonical, m.hash)
	if err != nil {
		return e, err
	}
	var columns [][2]string
	if err := json.Unmarshal([]byte(m.columns), &columns); err != nil {
		return e, err
	}
	e.prior = t.Prior
	e.bits, e.moved, e.kin = t.Recompute(pair.Levels)
	for i, l := range pair.Levels {
		e.terms = append(e.terms, term{columns[i][0], columns[i][1], t.Levels[i][l].Zh, t.Levels[i][l].En, t.Bits[i][l], l == 0})
	}
	return e, nil
}

// of is what the columns of a name said together.
func (e *explained) of(columns ...string) (bits float64, zh, en string) {
	for _, t := range e.terms {
		for _, c := range columns {
			if t.Column == c {
				bits += t.Bits
				if zh == "" || !t.Missing {
					zh, en = t.Zh, t.En
				}
			}
		}
	}
	return bits, zh, en
}

// Ways in which two ID numbers differ, as keys of words.
const (
	idNone      = "none"      // not written
	idEqual     = "equal"     //
	idMasked    = "masked"    // only its ends are written, and agree
	idTurned    = "turned"    // two neighbours changed round
	idTurnedEnd = "turnedEnd" // the last two
	idSome      = "some"      // a few characters
	idLength    = "length"    // not 18 characters
	idOther     = "other"     // quite another
)

// idDiffers says how a written ID number differs from that of the register, in how many places, and whether it is valid.
func idDiffers(number, written string) (way string, places int, valid bool) {
	id, err := identity.ParseIDNumber(written)
	if valid = err == nil; valid {
		written = id.Number
	}
	switch {
	case written == "":
		return idNone, 0, false
	case written == number:
		return idEqual, 0, valid
	case agreeing(written, number):
		return idMasked, 0, valid
	case len(written) != len(number):
		return idLength, len(written), valid
	}
	var at []int
	for i := range len(number) {
		if number[i] != written[i] {
			at = append(at, i)
		}
	}
	turned := len(at) == 2 && at[1] == at[0]+1 && number[at[0]] == written[at[1]] && number[at[1]] == written[at[0]]
	switch {
	case turned && at[1] == len(number)-1:
		return idTurnedEnd, 2, valid
	case turned:
		return idTurned, at[0] + 1, valid
	case len(at) <= 4:
		return idSome, len(at), valid
	}
	return idOther, len(at), valid
}

// placed marks the places in which b differs from a: place by place where both are equally long, else by what they have
// in common.
func placed(a, b string) []Piece {
	x, y := []rune(a), []rune(b)
	if a == "" || len(x) != len(y) {
		return differing(a, b)
	}
	var out []Piece
	for i := range y {
		if differ := x[i] != y[i]; len(out) > 0 && out[len(out)-1].Differ == differ {
			out[len(out)-1].Text += string(y[i])
		} else {
			out = append(out, Piece{string(y[i]), differ})
		}
	}
	return out
}

// covered writes the characters of pieces as another text of the same length shows them: masked.
func covered(pieces []Piece, masked string) []Piece {
	shown := []rune(masked)
	at := 0
	for i := range pieces {
		n := utf8.RuneCountInString(pieces[i].Text)
		if at+n > len(shown) {
			return []Piece{{Text: masked}}
		}
		pieces[i].Text = string(shown[at : at+n])
		at += n
	}
	return pieces
}

// toned is the pinyin of a name with tones, its family name in its own reading.
func toned(name string) string {
	var chars []string
	for _, c := range name {
		chars = append(chars, string(c))
	}
	plain := strings.Fields(linkage.Reading(name))
	if len(plain) != len(chars) {
		return strings.Join(plain, " ")
	}
	for i, c := range chars {
		r, _ := utf8.DecodeRuneInString(c)
		for reading := range strings.SplitSeq(pinyin.PinyinDict[int(r)], ",") {
			if bare.Replace(reading) == plain[i] {
				plain[i] = reading
				break
			}
		}
	}
	return strings.Join(plain, " ")
}

// bare takes tones off, as linkage's readings are.
var bare = strings.NewReplacer("ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e", "ī", "i", "í", "i", "ǐ", "i", "ì", "i",
	"ō", "o", "ó", "o", "ǒ", "o", "ò", "o", "ū", "u", "ú", "u", "ǔ", "u", "ù", "u", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v", "ü", "v", "ń", "n", "ň", "n", "ǹ", "n")
