package cycle

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/emmansun/gmsm/sm3"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/paper"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// Kinds of documents: 简报, 年度评估报告, 中期评估报告, 总结评估报告.
const (
	Briefing    = "brief"
	YearReport  = "year"
	MidReport   = "mid"
	FinalReport = "final"
)

// PaperKinds in their order.
var PaperKinds = []string{Briefing, YearReport, MidReport, FinalReport}

// States of a document beside Draft: 核对中、已印发.
const (
	Checking = "checking"
	Issued   = "issued"
)

// Paper is a briefing or an evaluation report.
type Paper struct {
	ID       int64
	Area     string
	Kind     string
	Period   indicator.Period
	Year     int64 // of issue
	Issue    int64 // 0: not issued
	Title    string
	CopyTo   string
	State    string
	Parts    []Part
	Corrects int64 // the paper that this one corrects
	ByID     int64
	By       string
	Checker  string
	Reason   string
	AsOf     db.Date
	Day      db.Date // of issue
	Digest   string
	Version  int64
}

// Text is a document's whole text.
func (p *Paper) Text() (text string) {
	for _, part := range p.Parts {
		text += part.Text + "\n"
	}
	return text
}

// digest is the SM3 of what was issued: nothing of it can change unnoticed.
func (p *Paper) digest() (string, error) {
	content, err := json.Marshal(p.Parts)
	if err != nil {
		return "", err
	}
	sum := sm3.Sum(fmt.Appendf(nil, "%s|%s|%d|%d|%d|%s|%s|%s|%s", p.Area, p.Kind, p.Period, p.Year, p.Issue, p.Title, p.CopyTo, p.Day, content))
	return hex.EncodeToString(sum[:]), nil
}

// Sound says whether an issued document is as it was issued.
func (p *Paper) Sound() bool {
	now, err := p.digest()
	return err == nil && now == p.Digest
}

// Document is the paper in official layout; base is the address before references, "" on paper.
func (p *Paper) Document(base string) *paper.Document {
	d := &paper.Document{Head: "就业工作简报", Office: area.Name(p.Area) + "就业工作领导小组办公室", Title: p.Title, CopyTo: p.CopyTo, Base: base}
	if p.Kind != Briefing {
		d.Head = "就业促进规划评估"
	}
	if p.State == Issued {
		d.Issue, d.Day = fmt.Sprintf("〔%d〕第 %d 期", p.Year, p.Issue), zhDay(p.Day.Time)
	} else {
		d.Mark = "草稿，未印发"
	}
	for _, part := range p.Parts {
		d.Blocks = append(d.Blocks, paper.Heading{Rank: 1, Text: part.Head})
		for _, line := range paragraphs(part.Text) {
			d.Blocks = append(d.Blocks, Spans(line))
		}
		for _, t := range part.Tables {
			d.Blocks = append(d.Blocks, t)
		}
		for _, c := range part.Charts {
			d.Blocks = append(d.Blocks, c)
		}
		if part.Picture != nil {
			d.Blocks = append(d.Blocks, *part.Picture, paper.Plain("%s", part.Legend))
		}
	}
	return d
}

// part finds a part by its key.
func (p *Paper) part(key string) *Part {
	if at := slices.IndexFunc(p.Parts, func(x Part) bool { return x.Key == key }); at >= 0 {
		return &p.Parts[at]
	}
	return nil
}
