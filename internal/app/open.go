package app

import (
	"context"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/seal"
)

const (
	settingKeys = "seal.fingerprint" // of the keys the database was sealed with
	settingNode = "id.node"          // the last opened process's

	nodes = 1024 // that identifiers tell apart
)

// openSeal reads the keys. The database remembers which ones it was sealed with: with others nobody would be found and
// nothing could be read, so they are refused, and where some are missing none are made up.
func openSeal(ctx context.Context, d *db.DB, file string) (*seal.Sealer, error) {
	known, err := db.Setting(ctx, d, settingKeys)
	if err != nil {
		return nil, err
	}
	load := seal.LoadOrCreate
	if known != "" {
		load = seal.LoadKeys
	}
	keys, err := load(file)
	if err != nil {
		return nil, err
	}
	s, err := seal.New(keys)
	if err != nil || s.Fingerprint() == known {
		return s, err
	}
	err = d.Tx(ctx, func(tx *db.Tx) (err error) {
		known, err = tx.KeepSetting(ctx, settingKeys, s.Fingerprint())
		return err
	})
	if err == nil && known != s.Fingerprint() {
		err = fault.New(fault.Invalid, "密钥文件 %s 不是这个数据库的：库里的证件号和手机号是用另一把密钥（标识 %s）加密的，这把的标识是 %s。请换回备份的密钥文件，或用 --keys 指明", file, known, s.Fingerprint())
	}
	return s, err
}

// ticket is this process's part of the identifiers it makes: another one for every process that opens the database, so
// that an import beside a running server, or a clock that was set back, never makes an identifier twice.
func ticket(ctx context.Context, d *db.DB) (node int, err error) {
	err = d.Tx(ctx, func(tx *db.Tx) (err error) {
		node, err = tx.Ticket(ctx, settingNode, nodes)
		return err
	})
	return node, err
}

// arriving is where uploads lie while they come in: beside the data, not in the machine's common folder. What a killed
// process left there goes after a day.
func (a *App) arriving() (string, error) {
	dir := filepath.Join(a.Config.Data, "uploads", "arriving")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fault.Wrap(fault.Unavailable, err, "建不了接收上传文件的文件夹 "+dir)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", fault.Wrap(fault.Unavailable, err, "打不开接收上传文件的文件夹 "+dir)
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
			_ = os.Remove(filepath.Join(dir, e.Name())) // tried again at the next start
		}
	}
	return dir, nil
}

// proxies reads the setting: addresses and networks, with commas between them.
func proxies(text string) (list []netip.Prefix, err error) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		p, err := netip.ParsePrefix(part)
		if ip, alone := netip.ParseAddr(part); alone == nil {
			p, err = ip.Prefix(ip.BitLen())
		}
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "参数 proxy 应为反向代理的地址或网段，如 127.0.0.1,10.1.0.0/16，写的是 "+part)
		}
		list = append(list, p)
	}
	return list, nil
}

// visitorOf finds the visitor's network address: the connection's, or, when that is a proxy of ours, the last one in
// X-Forwarded-For that is none. What stands before it anybody may have written.
func visitorOf(trusted []netip.Prefix) func(*http.Request) string {
	ours := func(address string) bool {
		ip, err := netip.ParseAddr(strings.TrimSpace(address))
		return err == nil && slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(ip.Unmap()) })
	}
	return func(r *http.Request) string {
		from := r.RemoteAddr
		if ap, err := netip.ParseAddrPort(from); err == nil {
			from = ap.Addr().Unmap().String()
		}
		passed := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		for i := len(passed) - 1; i >= 0 && ours(from) && strings.TrimSpace(passed[i]) != ""; i-- {
			from = strings.TrimSpace(passed[i])
		}
		return from
	}
}
