package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// pkg is what go list tells about a package.
type pkg struct {
	ImportPath, Dir, Doc, Name string
	Imports                    []string
}

// floor is one floor of the house and what may be imported from it, besides the standard library.
type floor struct {
	prefix  string
	reaches []string // prefixes of our own packages
	why     string
}

// floors, the longest prefix first. A package may always import its own subfolders and parent.
var floors = []floor{
	{"jiuye/cmd/", []string{"jiuye/internal/app", "jiuye/internal/ground/"}, "主程序只用 app 和 ground"},
	{"jiuye/internal/app", []string{"jiuye/internal/"}, "屋顶什么都看得见"},
	{"jiuye/internal/room/", []string{"jiuye/internal/register/", "jiuye/internal/engine/", "jiuye/internal/ground/", "jiuye/models/"}, "房间之间不互相引用：通过 register、queue 事件或自己声明的接口"},
	{"jiuye/internal/register/", []string{"jiuye/internal/register/", "jiuye/internal/engine/", "jiuye/internal/ground/"}, "register 只能引用 register、engine、ground"},
	{"jiuye/internal/engine/", []string{"jiuye/internal/engine/"}, "engine 是纯计算：不用数据库、网络和时钟"},
	{"jiuye/internal/ground/", []string{"jiuye/internal/ground/"}, "ground 不认识业务"},
	{"jiuye/models/", nil, "模型文件只带文字"},
	{"jiuye/tools/", nil, "工具自成一体"},
}

// banned are imports that break a floor's promise.
var banned = []struct{ prefix, path, why string }{
	{"jiuye/internal/engine/", "database/sql", "engine 里没有数据库"},
	{"jiuye/internal/engine/", "net/http", "engine 里没有网络"},
	{"jiuye/internal/engine/", "os", "engine 不读文件：由调用者给出内容"},
}

func TestImportsGoDownOnly(t *testing.T) {
	packages, err := list()
	if err != nil {
		t.Fatal(err)
	}
	if len(packages) < 15 {
		t.Fatalf("go list shows only %d packages; is the test looking at the right place?", len(packages))
	}
	for _, p := range packages {
		for _, broken := range check(p) {
			t.Error(broken)
		}
	}
}

// check lists the rules that one package breaks.
func check(p pkg) (broken []string) {
	if p.Doc == "" {
		broken = append(broken, p.ImportPath+" 没有包说明")
	}
	for _, name := range []string{"util", "utils", "common", "models", "types", "helpers", "base", "misc"} {
		if p.Name == name {
			broken = append(broken, p.ImportPath+"：包名 "+name+" 说不清里面是什么")
		}
	}
	for _, f := range floors {
		if !strings.HasPrefix(p.ImportPath+"/", f.prefix) && !strings.HasPrefix(p.ImportPath, f.prefix) {
			continue
		}
		for _, in := range p.Imports {
			if strings.HasPrefix(in, "jiuye/") && !related(p.ImportPath, in) && !reaches(f, in) {
				broken = append(broken, fmt.Sprintf("%s 引用了 %s：%s", p.ImportPath, in, f.why))
			}
		}
		for _, b := range banned {
			for _, in := range p.Imports {
				if strings.HasPrefix(p.ImportPath, b.prefix) && in == b.path {
					broken = append(broken, fmt.Sprintf("%s 引用了 %s：%s", p.ImportPath, in, b.why))
				}
			}
		}
		return broken
	}
	return append(broken, p.ImportPath+" 不在任何一层：见 docs/architecture.md")
}

// related reports whether two packages are the same room: one folder lies in the other's.
func related(a, b string) bool {
	return strings.HasPrefix(a+"/", b+"/") || strings.HasPrefix(b+"/", a+"/") || room(a) != "" && room(a) == room(b)
}

func room(path string) string {
	rest, ok := strings.CutPrefix(path, "jiuye/internal/room/")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return name
}

func reaches(f floor, path string) bool {
	for _, r := range f.reaches {
		if strings.HasPrefix(path+"/", r) || strings.HasPrefix(path, r) {
			return true
		}
	}
	return false
}

func list() ([]pkg, error) {
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,Doc,Name,Imports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return nil, fmt.Errorf("go list: %s", exit.Stderr)
		}
		return nil, err
	}
	var packages []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, err
		}
		packages = append(packages, p)
	}
}

func TestTheFloorsBite(t *testing.T) {
	cases := []struct {
		name string
		p    pkg
		want string
	}{
		{"a room that imports a room", pkg{ImportPath: "jiuye/internal/room/jobs", Doc: "x", Imports: []string{"jiuye/internal/room/policy"}}, "房间之间不互相引用"},
		{"an engine with a database", pkg{ImportPath: "jiuye/internal/engine/rule", Doc: "x", Imports: []string{"database/sql"}}, "engine 里没有数据库"},
		{"an engine that reads the clock", pkg{ImportPath: "jiuye/internal/engine/rule", Doc: "x", Imports: []string{"jiuye/internal/ground/clock"}}, "纯计算"},
		{"a ground that knows people", pkg{ImportPath: "jiuye/internal/ground/web", Doc: "x", Imports: []string{"jiuye/internal/register/person"}}, "ground 不认识业务"},
		{"a register that reads a room", pkg{ImportPath: "jiuye/internal/register/person", Doc: "x", Imports: []string{"jiuye/internal/room/plan"}}, "register 只能引用"},
		{"a package without a comment", pkg{ImportPath: "jiuye/internal/ground/db"}, "没有包说明"},
		{"a package named util", pkg{ImportPath: "jiuye/internal/ground/util", Name: "util", Doc: "x"}, "说不清"},
		{"a package on no floor", pkg{ImportPath: "jiuye/internal/misc", Doc: "x"}, "不在任何一层"},
	}
	for _, c := range cases {
		if got := strings.Join(check(c.p), "；"); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
	fine := pkg{ImportPath: "jiuye/internal/room/jobs", Doc: "x", Imports: []string{"jiuye/internal/register/person", "jiuye/internal/engine/rank", "net/http"}}
	if got := check(fine); len(got) > 0 {
		t.Errorf("a room may do this: %v", got)
	}
}
