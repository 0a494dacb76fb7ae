package policyrun

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"jiuye/internal/engine/rule"
)

// manual is docs/policy.md; its examples are decided as they stand.
func manual(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../../docs/policy.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func block(t *testing.T, text, head string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, "```"+head+"\n")
	body, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatal("no block " + head)
	}
	return body
}

// row is | `中文` | `English` | answer |; behind a semicolon are other words for the same operator.
var row = regexp.MustCompile("(?m)^\\| `([^`]+)`(?:; ([^|]+))? \\| `([^`]+)`(?:; ([^|]+))? \\| ([^ |]+) \\|$")

var quotedWord = regexp.MustCompile("`([^`]+)`")

func TestEveryExampleOfTheManualComesOutAsItSays(t *testing.T) {
	text := manual(t)
	dir := t.TempDir()
	fields := write(t, dir, "fields.yaml", block(t, text, "yaml fields"))
	subjects := write(t, dir, "s.json", block(t, text, "json subject"))
	var docs strings.Builder
	docs.WriteString(block(t, text, "yaml"))
	want := map[string]string{"Z1": "yes 173000", "Z2": "yes 173000"}
	lines := map[string]string{}
	add := func(line, answer string) {
		id := fmt.Sprintf("X%d", len(lines)+1)
		lines[id], want[id] = line, answer
		if answer != "yes" && answer != "no" && answer != "unknown" {
			line, want[id] = "("+line+") = "+answer, "yes"
		}
		fmt.Fprintf(&docs, "---\nid: %s\nwhen:\n  - '%s'\n", id, strings.ReplaceAll(line, "'", "''"))
	}
	rows := row.FindAllStringSubmatch(text, -1)
	for _, m := range rows {
		add(m[1], m[5])
		add(m[3], m[5])
		for side, others := range map[string]string{m[1]: m[2], m[3]: m[4]} { // 年龄 >= 16 with 不少于 instead of >=
			for _, w := range quotedWord.FindAllStringSubmatch(others, -1) {
				parts := strings.SplitN(side, " ", 3)
				add(parts[0]+" "+w[1]+" "+parts[2], m[5])
			}
		}
	}
	if len(rows) < 65 {
		t.Errorf("only %d examples were found", len(rows))
	}
	policies := write(t, dir, "p.yaml", docs.String())
	out := dir + "/out.csv"
	var print strings.Builder
	if err := Eval(t.Context(), Options{Policies: policies, Subjects: subjects, Fields: fields, At: "2025-09-24", Out: out}, &print); err != nil {
		t.Fatal(err)
	}
	for _, got := range table(t, out) {
		answer := strings.TrimRight(got[2]+" "+got[3], " ")
		if answer != want[got[0]] {
			t.Errorf("%s %s: %s (%s), want %s", got[0], lines[got[0]], answer, got[6], want[got[0]])
		}
		delete(want, got[0])
	}
	for id := range want {
		t.Errorf("%s %s was not decided: %s", id, lines[id], print.String())
	}
}

func TestTheManualNamesEveryWordOfTheLanguage(t *testing.T) {
	text := manual(t)
	for _, w := range rule.Vocabulary() {
		if !strings.Contains(text, "`"+w) && !strings.Contains(text, " "+w+" ") && !strings.Contains(text, " "+w+",") && !strings.Contains(text, w+"(") {
			t.Errorf("docs/policy.md does not name %s", w)
		}
	}
}
