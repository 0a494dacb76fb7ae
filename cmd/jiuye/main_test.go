package main

import (
	"io"
	"strings"
	"testing"

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
