package seal

import (
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash"
	"sync"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"

	"jiuye/internal/ground/fault"
)

const (
	nonceSize = 12
	tagSize   = 16
	overhead  = 1 + nonceSize + tagSize // the key's number, the nonce, the tag
)

// HashSize is the length of a search value in bytes.
const HashSize = sm3.Size

// Sealer seals, opens and hashes. It is made once and may be used by any number of goroutines.
type Sealer struct {
	ring    [256]cipher.AEAD // by key number
	current byte
	macs    sync.Pool // of hash.Hash, keyed
}

// New prepares the ciphers for a set of keys.
func New(keys Keys) (*Sealer, error) {
	if len(keys.seals) == 0 {
		return nil, fault.New(fault.Invalid, "没有密钥：请先生成密钥文件")
	}
	s := &Sealer{current: keys.seals[len(keys.seals)-1].number}
	for _, k := range keys.seals {
		block, err := sm4.NewCipher(derive(k.secret[:], "sm4-gcm")[:sm4.BlockSize])
		if err != nil {
			return nil, fault.Wrap(fault.Internal, err, "密钥不能用于加密，请核对密钥文件")
		}
		aead, err := cipher.NewGCM(block)
		if err != nil {
			return nil, fault.Wrap(fault.Internal, err, "密钥不能用于加密，请核对密钥文件")
		}
		s.ring[k.number] = aead
	}
	secret := keys.hash
	s.macs.New = func() any { return hmac.New(sm3.New, secret[:]) }
	return s, nil
}

// Seal encrypts with the current key under a fresh nonce: the same text never gives the same bytes twice.
// The result is 29 bytes longer than plain.
func (s *Sealer) Seal(plain string) []byte {
	out := make([]byte, 1+nonceSize, len(plain)+overhead)
	out[0] = s.current
	_, _ = rand.Read(out[1:]) // never fails: crypto/rand ends the process instead
	return s.ring[s.current].Seal(out, out[1:], []byte(plain), out[:1])
}

// Open decrypts what Seal made under any key of the ring. A changed byte or a foreign key is an error.
func (s *Sealer) Open(sealed []byte) (string, error) {
	if len(sealed) < overhead {
		return "", unreadable(errors.New("seal: too short"))
	}
	aead := s.ring[sealed[0]]
	if aead == nil {
		return "", unreadable(errors.New("seal: no key of that number"))
	}
	plain, err := aead.Open(nil, sealed[1:1+nonceSize], sealed[1+nonceSize:], sealed[:1])
	if err != nil {
		return "", unreadable(err)
	}
	return string(plain), nil
}

func unreadable(err error) error {
	return fault.Wrap(fault.Internal, err, "加密保存的内容打不开：数据已损坏，或密钥文件不是原来那一份，请联系管理员核对密钥")
}

// Current reports whether a sealed value is under the current key; one that is not should be sealed anew after a rotation.
func (s *Sealer) Current(sealed []byte) bool {
	return len(sealed) >= overhead && sealed[0] == s.current
}

// Hash gives the 32 bytes by which a value is found again. Kinds ("id", "phone") are kept apart: the same digits as an ID number and
// as a phone number give different bytes. Normalise the value first; the hash sees every blank.
func (s *Sealer) Hash(kind, value string) []byte {
	mac := s.macs.Get().(hash.Hash)
	mac.Reset()
	message := make([]byte, 4, 96)
	binary.BigEndian.PutUint32(message, uint32(len(kind)))
	message = append(append(message, kind...), value...)
	mac.Write(message)
	sum := mac.Sum(make([]byte, 0, HashSize))
	s.macs.Put(mac)
	return sum
}

// Fingerprint names the search key in 16 hexadecimal digits without giving it away. A database that remembers it can refuse
// to start with another key file.
func (s *Sealer) Fingerprint() string { return hex.EncodeToString(s.Hash("fingerprint", "")[:8]) }

// derive makes a key for one purpose from a secret.
func derive(secret []byte, purpose string) []byte {
	mac := hmac.New(sm3.New, secret)
	mac.Write([]byte("jiuye seal: " + purpose))
	return mac.Sum(nil)
}
