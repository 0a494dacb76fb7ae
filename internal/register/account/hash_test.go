package account

import (
	"os"
	"strings"
	"testing"
)

// TestMain lets the other tests hash cheaply; this file's look at the real cost.
func TestMain(m *testing.M) {
	present = cost{memory: 64, rounds: 1, lanes: 1}
	os.Exit(m.Run())
}

func atRealCost(t *testing.T) {
	cheap := present
	present = least
	t.Cleanup(func() { present = cheap })
}

func TestAHashIsSaltedAndChecksOnlyItsPassword(t *testing.T) {
	atRealCost(t)
	h := newHasher()
	one, err := h.make(ctx, good)
	two, err2 := h.make(ctx, good)
	if err != nil || err2 != nil || one == two {
		t.Fatalf("%s %s %v %v", one, two, err, err2)
	}
	for password, want := range map[string]bool{good: true, good + " ": false, "": false, strings.ToUpper("abc"): false} {
		if got, err := h.check(ctx, password, one); got != want || err != nil {
			t.Errorf("%q: %v %v", password, got, err)
		}
	}
	if !strings.HasPrefix(one, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("a hash is written as %s", one)
	}
	if outdated(one) || !outdated(strings.Replace(one, "t=2", "t=1", 1)) {
		t.Error("the cost of a hash is misjudged")
	}
	if ok, err := h.check(ctx, good, nobody()); ok || err != nil {
		t.Errorf("nobody's hash: %v %v", ok, err)
	}
}

func TestAHashOfALowerCostIsMadeAnewAtTheNextSignIn(t *testing.T) {
	onBoth(t, func(t *testing.T, o office) {
		before := o.find("officer01").hash
		atRealCost(t)
		o.try("officer01", good, "")
		after := o.find("officer01").hash
		if after == before || outdated(after) {
			t.Errorf("the hash is still %s", after)
		}
		o.try("officer01", good, "")
	})
}

func TestABrokenOrMonstrousHashIsRefused(t *testing.T) {
	atRealCost(t)
	nobody := nobody()
	for _, bad := range []string{"", "$", "plain", strings.Replace(nobody, "argon2id", "argon2i", 1), strings.Replace(nobody, "m=19456", "m=4294967295", 1),
		strings.Replace(nobody, "t=2", "t=0", 1), strings.Replace(nobody, "p=1", "p=0", 1), nobody[:len(nobody)-30], nobody + "$", strings.Replace(nobody, "v=19", "v=16", 1)} {
		if _, _, _, err := decode(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(nobody())
	f.Add("$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, s string) {
		c, salt, key, err := decode(s)
		if err != nil {
			return
		}
		if c2, salt2, key2, err := decode(encode(c, salt, key)); err != nil || c2 != c || string(salt2) != string(salt) || string(key2) != string(key) {
			t.Errorf("%q comes back as %v", s, c2)
		}
	})
}
