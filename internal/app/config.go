package app

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"jiuye/internal/ground/fault"
)

// Version is set when the program is built.
var Version = "dev"

// Config is what the program can be told. Its zero value, after Fill, is a good configuration for one machine.
type Config struct {
	Data      string // folder for the database, keys and uploads
	DB        string // postgres://… or sqlite:PATH
	Listen    string // address to serve on
	Keys      string // file with the sealing keys
	Templates string // folder with a department's own import templates
	Workers   int    // background jobs at the same time
	Node      int    // 0 to 1023, different for every process on one database
	Secure    bool   // cookies over https only
	Proxy     string // addresses of the reverse proxies in front
	LogLevel  string // debug, info, warn, error
}

// Setting is one line of the configuration: its flag and yaml name, its environment variable, and its meaning.
type Setting struct {
	Name, Env, Zh string
	Secret        bool
	value         func(*Config) any
}

// Settings are all of them, in the order they are shown.
var Settings = []Setting{
	{Name: "data", Env: "JIUYE_DATA", Zh: "数据文件夹：数据库、密钥、上传的文件", value: func(c *Config) any { return &c.Data }},
	{Name: "db", Env: "JIUYE_DB", Zh: "数据库：postgres://用户:口令@主机/库名，或 sqlite:文件；不写时用数据文件夹中的 jiuye.db", Secret: true, value: func(c *Config) any { return &c.DB }},
	{Name: "listen", Env: "JIUYE_LISTEN", Zh: "服务地址", value: func(c *Config) any { return &c.Listen }},
	{Name: "keys", Env: "JIUYE_KEYS", Zh: "密钥文件；不写时用数据文件夹中的 keys，没有就新建", value: func(c *Config) any { return &c.Keys }},
	{Name: "templates", Env: "JIUYE_TEMPLATES", Zh: "各部门导入模板所在的文件夹，同名的覆盖自带模板", value: func(c *Config) any { return &c.Templates }},
	{Name: "workers", Env: "JIUYE_WORKERS", Zh: "同时进行的后台任务数", value: func(c *Config) any { return &c.Workers }},
	{Name: "node", Env: "JIUYE_NODE", Zh: "进程编号 0～1023：留痕按编号各记一条链，多个进程共用一个数据库时各用一个，互不等候", value: func(c *Config) any { return &c.Node }},
	{Name: "secure", Env: "JIUYE_SECURE", Zh: "只在 https 上发送会话（前面有 https 时打开）", value: func(c *Config) any { return &c.Secure }},
	{Name: "proxy", Env: "JIUYE_PROXY", Zh: "前面的反向代理的地址或网段，逗号分隔；从它们来的请求按 X-Forwarded-For 认访客地址", value: func(c *Config) any { return &c.Proxy }},
	{Name: "log-level", Env: "JIUYE_LOG_LEVEL", Zh: "日志级别：debug、info、warn、error", value: func(c *Config) any { return &c.LogLevel }},
}

// Value is the address of the setting's field in c.
func (s Setting) Value(c *Config) any { return s.value(c) }

// Read fills c from a yaml file (named, or jiuye.yaml in the working folder when there is one) and then from the
// environment; flags come after, by the caller. Unknown names in the file and values that do not fit are faults of
// kind Invalid.
func (c *Config) Read(file string, environ func(string) (string, bool)) error {
	named := file != ""
	if !named {
		file = "jiuye.yaml"
	}
	text, err := os.ReadFile(file)
	switch {
	case err == nil:
		if err := c.readFile(file, text); err != nil {
			return err
		}
	case named || !errors.Is(err, fs.ErrNotExist):
		return fault.Wrap(fault.Invalid, err, "读不了配置文件 "+file)
	}
	for _, s := range Settings {
		if v, ok := environ(s.Env); ok && v != "" {
			if err := s.Set(c, v); err != nil {
				return fault.Wrap(fault.Invalid, err, fmt.Sprintf("环境变量 %s 写得不对：%s", s.Env, v))
			}
		}
	}
	return nil
}

func (c *Config) readFile(name string, text []byte) error {
	values := map[string]any{}
	if err := yaml.NewDecoder(bytes.NewReader(text)).Decode(&values); err != nil && len(bytes.TrimSpace(text)) > 0 {
		return fault.Wrap(fault.Invalid, err, "配置文件 "+name+" 不是正确的 yaml")
	}
	for _, s := range Settings {
		if v, ok := values[s.Name]; ok {
			if err := s.Set(c, fmt.Sprint(v)); err != nil {
				return fault.Wrap(fault.Invalid, err, fmt.Sprintf("配置文件 %s 中 %s 写得不对：%v", name, s.Name, v))
			}
			delete(values, s.Name)
		}
	}
	for unknown := range values {
		return fault.New(fault.Invalid, "配置文件 %s 中有不认识的项 %s。可用的项见 jiuye config", name, unknown)
	}
	return nil
}

// Set gives the setting a value written as text.
func (s Setting) Set(c *Config, text string) (err error) {
	switch p := s.value(c).(type) {
	case *string:
		*p = text
	case *int:
		*p, err = strconv.Atoi(text)
	case *bool:
		*p, err = strconv.ParseBool(text)
	}
	return err
}

// Shown is the setting's value as jiuye config prints it: a password in an address is left out.
func (s Setting) Shown(c *Config) string {
	switch p := s.value(c).(type) {
	case *int:
		return strconv.Itoa(*p)
	case *bool:
		return strconv.FormatBool(*p)
	case *string:
		if u, err := url.Parse(*p); s.Secret && err == nil && u.User != nil {
			return u.Redacted()
		}
		return *p
	}
	return ""
}

// Fill puts the good defaults where nothing was said.
func (c *Config) Fill() {
	orElse := func(p *string, v string) {
		if *p == "" {
			*p = v
		}
	}
	orElse(&c.Data, "data")
	orElse(&c.DB, "sqlite:"+filepath.Join(c.Data, "jiuye.db"))
	orElse(&c.Keys, filepath.Join(c.Data, "keys"))
	orElse(&c.Listen, "localhost:8080")
	orElse(&c.LogLevel, "info")
	if c.Workers <= 0 {
		c.Workers = 2
	}
}

// check refuses what cannot work, before anything is opened.
func (c *Config) check() error {
	if c.Node < 0 || c.Node >= nodes {
		return fault.New(fault.Invalid, "参数 node 应为 0～%d，写的是 %d", nodes-1, c.Node)
	}
	if c.Templates != "" {
		if info, err := os.Stat(c.Templates); err != nil || !info.IsDir() {
			return fault.Wrap(fault.Invalid, err, "没有模板文件夹 "+c.Templates+"，请核对参数 templates")
		}
	}
	return nil
}

// Address is where a person opens the pages.
func (c *Config) Address() string {
	host, port, found := strings.Cut(c.Listen, ":")
	if !found {
		return "http://" + c.Listen
	}
	if host == "" || host == "0.0.0.0" {
		host = "localhost"
	}
	return "http://" + host + ":" + port
}

// Raw is the setting's value as text, passwords included, in the form Set takes.
func (s Setting) Raw(c *Config) string {
	if p, ok := s.value(c).(*string); ok {
		return *p
	}
	return s.Shown(c)
}
