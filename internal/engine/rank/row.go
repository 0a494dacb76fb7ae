package rank

import (
	"hash/fnv"
	"math"
	"slices"
)

// row is a vacancy as it is compared: whole numbers in 56 bytes.
type row struct {
	high, mid        int32 // fen a month; 0: not said
	township         int32
	skills, licences uint32 // where its lists begin
	fresh            int16  // points of the chance that hang on the vacancy alone
	good             int16  // and of the benefit
	experience       int16
	friendly         Groups
	schooling        int8
	hours            Hours
	nSkills          uint8
	nLicences        uint8
	hazard           bool
	skillBits        uint64
	licenceBits      uint64
}

// words are a text's hashes: lists of skills and licences are compared by them.
type words []uint64

func word(text string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(text))
	return h.Sum64()
}

func wordsOf(list []string) words {
	var out words
	for _, text := range list {
		if text != "" {
			out = append(out, word(text))
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), math.MaxUint8)]
}

// bits has one bit for each word; two words may share one.
func (w words) bits() (set uint64) {
	for _, h := range w {
		set |= 1 << (h >> 58)
	}
	return set
}

// shared counts the words in both.
func (w words) shared(other words) (n int) {
	for _, h := range w {
		if slices.Contains(other, h) {
			n++
		}
	}
	return n
}

func fen(v int64) int32 { return int32(max(0, min(v, math.MaxInt32))) }

// rowOf reads a vacancy, and puts its words behind those that are there.
func rowOf(v *Vacancy, c code, texts *words) row {
	high := max(v.PayLow, v.PayHigh)
	low := v.PayLow
	if low <= 0 {
		low = high
	}
	r := row{high: fen(high), mid: fen((low + high) / 2), township: v.Place.township(), friendly: v.Friendly, schooling: int8(schooling[v.Education]),
		hours: v.Hours, hazard: v.Hazard || c.hazardous(), experience: int16(max(0, min(v.Experience, 600)))}
	tenths := 0
	if v.Openings > 0 {
		tenths = (max(0, v.Applicants)*10 + v.Openings - 1) / v.Openings
	}
	r.fresh = int16(stairs(freshness, v.Age) + stairs(crowding, tenths))
	r.good = int16(benefitWork + stairs(stability, v.Contract) + timeBenefit[v.Hours])
	skills, licences := wordsOf(v.Skills), wordsOf(v.Licences)
	r.skills, r.nSkills, r.skillBits = uint32(len(*texts)), uint8(len(skills)), skills.bits()
	*texts = append(*texts, skills...)
	r.licences, r.nLicences, r.licenceBits = uint32(len(*texts)), uint8(len(licences)), licences.bits()
	*texts = append(*texts, licences...)
	return r
}

func (r *row) skillWords(texts words) words { return texts[r.skills : r.skills+uint32(r.nSkills)] }
func (r *row) licenceWords(texts words) words {
	return texts[r.licences : r.licences+uint32(r.nLicences)]
}
