package main

import (
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"jiuye/internal/ground/fault"
)

func TestAMistypedCommandIsToldInWords(t *testing.T) {
	for typed, want := range map[string]string{
		"servr":               "没有命令 servr",
		"serve --port 80":     "参数写得不对",
		"serve --workers two": "用法见 jiuye serve --help",
	} {
		root := newRoot()
		root.SetArgs(strings.Fields(typed))
		root.SetOut(io.Discard)
		root.SetErr(io.Discard)
		if err := root.Execute(); !fault.Is(err, fault.Invalid) || !strings.Contains(explain(err), want) {
			t.Errorf("jiuye %s: %v", typed, err)
		}
	}
}

func TestEveryCommandShowsAnExample(t *testing.T) {
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		if c.Short == "" || c.Example == "" {
			t.Errorf("%s has no description or no example", c.CommandPath())
		}
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(newRoot())
}

func TestTheDeadJobsOfANewPlaceAreNone(t *testing.T) {
	root := newRoot()
	var out strings.Builder
	root.SetArgs([]string{"queue", "dead", "--data", t.TempDir()})
	root.SetOut(&out)
	if err := root.Execute(); err != nil || !strings.Contains(out.String(), "共列出 0 项") {
		t.Errorf("%v: %q", err, out.String())
	}
	root = newRoot()
	root.SetArgs([]string{"queue", "revive", "x", "--data", t.TempDir()})
	if err := root.Execute(); !fault.Is(err, fault.Invalid) {
		t.Errorf("a job that is no number: %v", err)
	}
}
