package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/ground/fault"
)

func TestWhatIsSaidLaterWins(t *testing.T) {
	file := filepath.Join(t.TempDir(), "jiuye.yaml")
	if err := os.WriteFile(file, []byte("data: from-file\nlisten: localhost:9001\nworkers: 3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"JIUYE_LISTEN": "localhost:9002"}
	var c Config
	if err := c.Read(file, func(k string) (string, bool) { v, ok := env[k]; return v, ok }); err != nil {
		t.Fatal(err)
	}
	c.Fill()
	if c.Data != "from-file" || c.Listen != "localhost:9002" || c.Workers != 3 || c.DB != "sqlite:"+filepath.Join("from-file", "jiuye.db") {
		t.Errorf("%+v", c)
	}
}

func TestAWrongConfigurationSaysWhere(t *testing.T) {
	none := func(string) (string, bool) { return "", false }
	cases := []struct{ name, text, want string }{
		{"a number that is none", "workers: many\n", "workers 写得不对：many"},
		{"a name that nobody knows", "lisen: x\n", "不认识的项 lisen"},
		{"no yaml", "data: [\n", "不是正确的 yaml"},
	}
	for _, c := range cases {
		file := filepath.Join(t.TempDir(), "jiuye.yaml")
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		err := new(Config).Read(file, none)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.TextOf(err), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestNoPasswordIsEverPrinted(t *testing.T) {
	c := Config{DB: "postgres://jiuye:secret@db/jiuye"}
	for _, s := range Settings {
		if strings.Contains(s.Shown(&c), "secret") {
			t.Errorf("%s shows %s", s.Name, s.Shown(&c))
		}
	}
}
