package seal

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/emmansun/gmsm/sm3"
	"pgregory.net/rapid"

	"jiuye/internal/ground/fault"
)

const master = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

func sealer(t testing.TB, keys Keys) *Sealer {
	t.Helper()
	s, err := New(keys)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func keysOf(t testing.TB, text string) Keys {
	t.Helper()
	k, err := ParseKeys(text)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestWhatIsSealedOpensAgainAndNeverLooksTheSame(t *testing.T) {
	s := sealer(t, GenerateKeys())
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.String().Draw(t, "plain")
		one, two := s.Seal(plain), s.Seal(plain)
		if bytes.Equal(one, two) || len(one) != len(plain)+overhead || len(plain) > 4 && bytes.Contains(one, []byte(plain)) {
			t.Fatalf("%q sealed as %x and %x", plain, one, two)
		}
		if got, err := s.Open(one); err != nil || got != plain {
			t.Fatalf("opened %q as %q, %v", plain, got, err)
		}
	})
}

func TestAChangedByteIsNoticed(t *testing.T) {
	s := sealer(t, GenerateKeys())
	sealed := s.Seal("152921199001011234")
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if got, err := s.Open(changed); err == nil {
			t.Errorf("byte %d changed and it opened as %q", i, got)
		}
	}
	for n := range sealed {
		if _, err := s.Open(sealed[:n]); err == nil {
			t.Errorf("cut to %d bytes and it opened", n)
		}
	}
}

func TestAnotherKeyOpensNothingAndFindsNothing(t *testing.T) {
	a, b := sealer(t, GenerateKeys()), sealer(t, GenerateKeys())
	_, err := b.Open(a.Seal("13812345678"))
	if err == nil || !strings.Contains(fault.TextOf(err), "密钥") {
		t.Errorf("got %v", err)
	}
	if bytes.Equal(a.Hash("phone", "13812345678"), b.Hash("phone", "13812345678")) || a.Fingerprint() == b.Fingerprint() {
		t.Error("two keys must not agree")
	}
}

func TestAfterRotationTheOldOpensTheNewUsesTheNewKeyAndSearchStays(t *testing.T) {
	old := GenerateKeys()
	rotated, err := old.Rotate()
	if err != nil {
		t.Fatal(err)
	}
	before, after := sealer(t, old), sealer(t, keysOf(t, rotated.Encode()))
	sealed := before.Seal("152921199001011234")
	if got, err := after.Open(sealed); err != nil || got != "152921199001011234" {
		t.Errorf("old value: %q %v", got, err)
	}
	if after.Current(sealed) || !after.Current(after.Seal("x")) {
		t.Error("a value of the old key must show as due for sealing anew")
	}
	if _, err := before.Open(after.Seal("x")); err == nil {
		t.Error("the old ring opened a value of the new key")
	}
	if !bytes.Equal(before.Hash("id", "1"), after.Hash("id", "1")) {
		t.Error("the search value changed")
	}
}

// hmacByHand is RFC 2104 written out, to compare with.
func hmacByHand(key, message []byte) []byte {
	inner, outer := bytes.Repeat([]byte{0x36}, 64), bytes.Repeat([]byte{0x5c}, 64)
	for i, k := range key {
		inner[i] ^= k
		outer[i] ^= k
	}
	in := sm3.Sum(append(inner, message...))
	out := sm3.Sum(append(outer, in[:]...))
	return out[:]
}

func TestTheSearchValueIsHMACSM3(t *testing.T) {
	abc := sm3.Sum([]byte("abc")) // GB/T 32905-2016, appendix A, example 1
	if got := hex.EncodeToString(abc[:]); got != "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0" {
		t.Fatalf("SM3 of abc is %s", got)
	}
	key, _ := hex.DecodeString(master)
	s := sealer(t, keysOf(t, "seal 1 "+master+"\nhash "+master+"\n"))
	for _, c := range [][2]string{{"id", "152921199001011234"}, {"phone", "13812345678"}, {"", ""}, {"id", strings.Repeat("长", 100)}} {
		message := append(binary.BigEndian.AppendUint32(nil, uint32(len(c[0]))), c[0]+c[1]...)
		if got, want := s.Hash(c[0], c[1]), hmacByHand(key, message); !bytes.Equal(got, want) || len(got) != HashSize {
			t.Errorf("%q: %x, want %x", c, got, want)
		}
	}
	if bytes.Equal(s.Hash("id", "1"), s.Hash("phone", "1")) || bytes.Equal(s.Hash("i", "d1"), s.Hash("id", "1")) {
		t.Error("kinds must be kept apart")
	}
}

func TestManyGoroutinesShareOneSealer(t *testing.T) {
	s := sealer(t, GenerateKeys())
	want := s.Hash("id", "7")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 200 {
				plain := fmt.Sprint(i)
				if got, err := s.Open(s.Seal(plain)); err != nil || got != plain || !bytes.Equal(s.Hash("id", "7"), want) {
					t.Errorf("goroutine %d: %q %v", i, got, err)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestAKeyFileIsMadeOnceForItsOwnerAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "private", "keys")
	prints := make([]string, 4)
	var wg sync.WaitGroup
	for i := range prints {
		wg.Go(func() {
			keys, err := LoadOrCreate(path)
			if err != nil {
				t.Error(err)
				return
			}
			prints[i] = sealer(t, keys).Fingerprint()
		})
	}
	wg.Wait()
	for _, p := range prints[1:] {
		if p != prints[0] {
			t.Errorf("processes that start together got different keys: %v", prints)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("files left behind: %v", left)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadOrCreate(path); !strings.Contains(fault.TextOf(err), "权限是 0644") || !strings.Contains(fault.TextOf(err), "chmod 600") {
		t.Errorf("a file that others can read: %v", err)
	}
}

func TestAWrongKeyFileIsRefusedWithTheReason(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"empty", "", "密钥应为 64 位十六进制数，现在是 0 位"},
		{"a short secret", master[:60], "密钥应为 64 位十六进制数，现在是 60 位"},
		{"not hexadecimal", "zz" + master[2:], "密钥应为 64 位十六进制数，里面有其他字符"},
		{"no search key", "seal 1 " + master, "密钥文件不完整：至少要有一行 seal 和一行 hash，请用备份恢复"},
		{"two search keys", "seal 1 " + master + "\nhash " + master + "\nhash " + master, "密钥文件第 3 行有误：应为“seal 编号 密钥”或“hash 密钥”，且 hash 只能有一行"},
		{"numbers fall", "# x\nseal 2 " + master + "\nseal 1 " + master, "密钥文件第 3 行有误：编号应为 1 至 255 且逐行增大"},
		{"number 256", "seal 256 " + master, "密钥文件第 1 行有误：编号应为 1 至 255 且逐行增大"},
		{"a short line", "seal 1 00", "密钥文件第 1 行有误：密钥应为 64 位十六进制数，现在是 2 位"},
	}
	for _, c := range cases {
		if _, err := ParseKeys(c.text); fault.TextOf(err) != c.want || fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
	if _, err := New(Keys{}); err == nil {
		t.Error("a sealer without keys was made")
	}
}

func TestKeysDoNotShowInLogs(t *testing.T) {
	k := keysOf(t, "seal 1 "+master+"\nhash "+master)
	for _, f := range []string{"%v", "%+v", "%#v", "%s"} {
		if out := fmt.Sprintf(f, k); strings.Contains(out, "1f") || strings.Contains(out, "31") {
			t.Errorf("%s prints %s", f, out)
		}
	}
}

func BenchmarkSeal(b *testing.B) {
	s := sealer(b, GenerateKeys())
	b.ReportAllocs()
	for b.Loop() {
		s.Seal("152921199001011234")
	}
}

func BenchmarkOpen(b *testing.B) {
	s := sealer(b, GenerateKeys())
	sealed := s.Seal("152921199001011234")
	b.ReportAllocs()
	for b.Loop() {
		_, _ = s.Open(sealed)
	}
}

func BenchmarkHash(b *testing.B) {
	s := sealer(b, GenerateKeys())
	b.ReportAllocs()
	for b.Loop() {
		s.Hash("id", "152921199001011234")
	}
}
