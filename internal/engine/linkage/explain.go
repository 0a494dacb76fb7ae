package linkage

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Hash is the SHA-256 of everything a weight depends on, in hexadecimal. Two runs with the same hash explain a pair alike.
func (t *Trained) Hash() string {
	text, _ := json.Marshal(t) // numbers are finite: cannot fail
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
