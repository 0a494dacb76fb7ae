package evidence

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
)

var png = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")

func TestOnlyPicturesAndPDFOfLimitedSizeAreTaken(t *testing.T) {
	for _, c := range []struct {
		name    string
		content []byte
		kind    string
		fault   fault.Kind
		text    string
	}{
		{"合同.png", png, "image/png", 0, ""},
		{"合同.exe", []byte("%PDF-1.4 …"), "application/pdf", 0, ""},
		{"合同.pdf", []byte("MZ program"), "", fault.Invalid, "不是 PDF、JPG 或 PNG"},
		{"合同.pdf", []byte("<html><script>alert(1)</script>"), "", fault.Invalid, "不是 PDF"},
		{"合同.pdf", nil, "", fault.Invalid, "空文件"},
		{"合同.png", append(bytes.Clone(png), make([]byte, Limit)...), "", fault.TooLarge, "超过 5 MB"},
	} {
		_, kind, err := Read(c.name, bytes.NewReader(c.content))
		if kind != c.kind || (c.text == "") != (err == nil) || err != nil && (!fault.Is(err, c.fault) || !strings.Contains(fault.TextOf(err), c.text)) {
			t.Errorf("%s: %s %v", c.name, kind, err)
		}
	}
}

func TestAFileIsStoredSealedAndForgottenWithItsOwner(t *testing.T) {
	dbtest.Run(t, []db.Schema{Schema}, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		sealer, err := seal.New(seal.GenerateKeys())
		if err != nil {
			t.Fatal(err)
		}
		c := clock.NewFake("2025-09-24")
		s := &Store{DB: d, Sealer: sealer, Clock: c, IDs: id.NewMaker(1, c)}
		var n int64
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(d.Tx(ctx, func(tx *db.Tx) (err error) {
			n, err = s.Add(ctx, tx, File{OwnerID: 71, Object: "grant", ObjectID: 5, Name: "劳动合同", Type: "image/png", Content: png})
			return err
		}))
		raw, err := db.Value[[]byte](ctx, d, `SELECT content FROM evidence_file ORDER BY file_id`)
		if err != nil || bytes.Contains(raw, png[:4]) {
			t.Errorf("it lies open in the table: %q %v", raw, err)
		}
		if f, err := s.Get(ctx, 71, n); err != nil || !bytes.Equal(f.Content, png) || f.Filename() != "劳动合同.png" {
			t.Errorf("%+v %v", f, err)
		}
		if _, err := s.Get(ctx, 72, n); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody else's number opens it: %v", err)
		}
		must(d.Tx(ctx, func(tx *db.Tx) error { return s.Forget(ctx, tx, []int64{71}) }))
		if list, err := s.List(ctx, d, 71, "grant", 5); err != nil || len(list) != 0 {
			t.Errorf("%v %v", list, err)
		}
	})
}
