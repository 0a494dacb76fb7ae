package message

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"jiuye/internal/ground/clock"
)

// Outgoing is one message on its way out of the house.
type Outgoing struct {
	Key     string `json:"key"` // the same for every try: a gateway that has had it does not send it again
	Channel string `json:"channel"`
	To      string `json:"to"` // SMS: telephone number; WeChat: the reader's mark, which the gateway knows an openid for
	Text    string `json:"text"`
	Href    string `json:"href,omitempty"`
}

// Receipt is what became of one.
type Receipt struct {
	OK     bool
	Ref    string // the gateway's number
	Reason string // of a failure
	Final  bool   // trying again cannot help: no such number
}

// Sink takes messages out of the house: a gateway for SMS or WeChat. It answers with a receipt for each, in their order; a
// missing one counts as a failure that is tried again.
type Sink interface {
	Deliver(ctx context.Context, list []Outgoing) []Receipt
}

// FileSink writes messages as lines of JSON into a folder, one file a channel (sms.jsonl, wechat.jsonl): for houses without
// a gateway, for tests, and for a gateway's own program to pick up. The files hold telephone numbers: only the program's user reads them.
type FileSink struct {
	Dir   string
	Clock clock.Clock
}

// Deliver implements Sink.
func (f FileSink) Deliver(_ context.Context, list []Outgoing) []Receipt {
	out := make([]Receipt, len(list))
	for i := range list {
		if err := f.write(&list[i]); err != nil {
			out[i].Reason = err.Error()
			continue
		}
		out[i] = Receipt{OK: true, Ref: list[i].Key}
	}
	return out
}

func (f FileSink) write(o *Outgoing) error {
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return err
	}
	line, err := json.Marshal(struct {
		At string `json:"at"`
		*Outgoing
	}{f.Clock.Now().Format(time.RFC3339), o})
	if err != nil {
		return err
	}
	file, err := os.OpenFile(filepath.Join(f.Dir, o.Channel+".jsonl"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err = file.Write(append(line, '\n')); err != nil {
		_ = file.Close()
		return err
	}
	return file.Close()
}
