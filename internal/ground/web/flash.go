package web

import "encoding/json"

// Flash is a sentence shown once, on the next page.
type Flash struct {
	Kind string `json:"k"` // "ok", "warn", "stop" or "" for plain information
	Text string `json:"t"`
}

const flashKey = "web.flash"

// Flash keeps a sentence in the session for the next page; it survives one redirect.
func (c *Ctx) Flash(kind, text string) {
	kept := append(c.flashes(false), Flash{Kind: kind, Text: text})
	if raw, err := json.Marshal(kept); err == nil {
		c.server.conf.Sessions.Put(c.Context(), flashKey, string(raw))
	}
}

func (c *Ctx) flashes(take bool) []Flash {
	read := c.server.conf.Sessions.GetString
	if take {
		read = c.server.conf.Sessions.PopString
	}
	var list []Flash
	if raw := read(c.Context(), flashKey); raw != "" {
		_ = json.Unmarshal([]byte(raw), &list) // a broken flash is not worth an error page
	}
	return list
}
