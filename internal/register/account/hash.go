package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"jiuye/internal/ground/fault"
)

// cost is what a hash costs; it is written into the hash, so that it may be raised later.
type cost struct {
	memory uint32 // KiB
	rounds uint32
	lanes  uint8
}

// least is 19 MiB and two rounds, what OWASP's Password Storage Cheat Sheet asks for at least.
var least = cost{memory: 19 * 1024, rounds: 2, lanes: 1}

// present is what new hashes cost. Only this package's tests, which hash hundreds of times, go below the least.
var present = least

const (
	saltBytes = 16
	hashBytes = 32
)

// hasher computes hashes, a limited number at the same time: each needs 19 MiB.
type hasher struct{ slots chan struct{} }

func newHasher() *hasher {
	return &hasher{slots: make(chan struct{}, max(2, min(8, runtime.NumCPU())))}
}

// compute waits for its turn; when the request ends first, the fault is of kind Unavailable.
func (h *hasher) compute(ctx context.Context, password string, salt []byte, c cost, n int) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, fault.Wrap(fault.Unavailable, ctx.Err(), "现在登录的人太多，请过一分钟再试")
	}
	return argon2.IDKey([]byte(norm.NFKC.String(password)), salt, c.rounds, c.memory, c.lanes, uint32(n)), nil
}

// make hashes a new password.
func (h *hasher) make(ctx context.Context, password string) (string, error) {
	var salt [saltBytes]byte
	_, _ = rand.Read(salt[:]) // never fails since Go 1.24
	key, err := h.compute(ctx, password, salt[:], present, hashBytes)
	return encode(present, salt[:], key), err
}

// nobody is the hash that is checked when there is no such account, so that this takes as long.
func nobody() string { return encode(present, make([]byte, saltBytes), make([]byte, hashBytes)) }

// check reports whether a password is the one that was hashed.
func (h *hasher) check(ctx context.Context, password, encoded string) (bool, error) {
	c, salt, key, err := decode(encoded)
	if err != nil {
		return false, err
	}
	got, err := h.compute(ctx, password, salt, c, len(key))
	return err == nil && subtle.ConstantTimeCompare(got, key) == 1, err
}

// outdated reports whether a hash should be made anew at the next occasion.
func outdated(encoded string) bool {
	c, _, _, err := decode(encoded)
	return err != nil || c != present
}

// encode writes a hash in the usual way: $argon2id$v=19$m=19456,t=2,p=1$salt$hash.
func encode(c cost, salt, key []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.rounds, c.lanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

var errHash = errors.New("account: not an argon2id hash of ours")

// decode reads what encode wrote. It refuses costs that would exhaust the machine.
func decode(encoded string) (c cost, salt, key []byte, err error) {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, errHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.rounds, &c.lanes); err != nil {
		return c, nil, nil, errHash
	}
	if c.memory < 8 || c.memory > 1<<20 || c.rounds < 1 || c.rounds > 64 || c.lanes < 1 || c.lanes > 16 {
		return c, nil, nil, errHash
	}
	salt, wrongSalt := base64.RawStdEncoding.DecodeString(parts[4])
	key, wrongKey := base64.RawStdEncoding.DecodeString(parts[5])
	if wrongSalt != nil || wrongKey != nil || len(salt) < 8 || len(key) < 16 || len(key) > 128 {
		return c, nil, nil, errHash
	}
	return c, salt, key, nil
}
