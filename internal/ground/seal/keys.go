package seal

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"jiuye/internal/ground/fault"
)

const secretSize = 32

// Keys is the secret material: one or more sealing keys, the last of which is in use, and the search key.
// It prints as its count only.
type Keys struct {
	seals []sealKey
	hash  [secretSize]byte
}

type sealKey struct {
	number byte
	secret [secretSize]byte
}

// String tells how many keys there are, and nothing of them.
func (k Keys) String() string { return fmt.Sprintf("%d sealing keys, 1 search key", len(k.seals)) }

// GoString is String, so that %#v does not print secrets either.
func (k Keys) GoString() string { return k.String() }

// GenerateKeys makes new random keys.
func GenerateKeys() Keys {
	k := Keys{seals: []sealKey{{number: 1}}}
	_, _ = rand.Read(k.seals[0].secret[:])
	_, _ = rand.Read(k.hash[:])
	return k
}

// Rotate adds a sealing key and puts it in use. Older values stay readable, and the search key stays as it is.
func (k Keys) Rotate() (Keys, error) {
	if len(k.seals) == 0 || k.seals[len(k.seals)-1].number == 255 {
		return k, fault.New(fault.Invalid, "密钥编号已用到 255，不能再轮换，请先用新密钥重新加密全部数据")
	}
	next := sealKey{number: k.seals[len(k.seals)-1].number + 1}
	_, _ = rand.Read(next.secret[:])
	k.seals = append(append([]sealKey(nil), k.seals...), next)
	return k, nil
}

// Encode is the text of a key file. Handle it as the secret it is.
func (k Keys) Encode() string {
	var b strings.Builder
	b.WriteString("# 就业通密钥。丢失后证件号和手机号无法恢复，请离线备份；不要发给任何人。\n")
	for _, s := range k.seals {
		fmt.Fprintf(&b, "seal %d %s\n", s.number, hex.EncodeToString(s.secret[:]))
	}
	fmt.Fprintf(&b, "hash %s\n", hex.EncodeToString(k.hash[:]))
	return b.String()
}

// ParseKeys reads either the text of a key file or a single secret of 64 hexadecimal digits (as an environment variable
// holds it), from which both keys are derived.
func ParseKeys(text string) (Keys, error) {
	if bare := strings.TrimSpace(text); !strings.ContainsAny(bare, " \n#") {
		master, err := secret(bare)
		if err != nil {
			return Keys{}, err
		}
		k := Keys{seals: []sealKey{{number: 1, secret: [secretSize]byte(derive(master[:], "sealing"))}}}
		copy(k.hash[:], derive(master[:], "search"))
		return k, nil
	}
	var k Keys
	hashed := false
	for i, line := range strings.Split(text, "\n") {
		fields := strings.Fields(line)
		var err error
		switch {
		case len(fields) == 0 || fields[0][0] == '#':
		case len(fields) == 3 && fields[0] == "seal":
			err = k.add(fields[1], fields[2])
		case len(fields) == 2 && fields[0] == "hash" && !hashed:
			k.hash, err = secret(fields[1])
			hashed = true
		default:
			err = fault.New(fault.Invalid, "应为“seal 编号 密钥”或“hash 密钥”，且 hash 只能有一行")
		}
		if err != nil {
			return Keys{}, fault.New(fault.Invalid, "密钥文件第 %d 行有误：%s", i+1, fault.TextOf(err))
		}
	}
	if len(k.seals) == 0 || !hashed {
		return Keys{}, fault.New(fault.Invalid, "密钥文件不完整：至少要有一行 seal 和一行 hash，请用备份恢复")
	}
	return k, nil
}

// add puts one more sealing key into the ring; numbers must rise, so that the last line is the key in use.
func (k *Keys) add(number, digits string) error {
	n, err := strconv.ParseUint(number, 10, 8)
	if err != nil || n == 0 || len(k.seals) > 0 && byte(n) <= k.seals[len(k.seals)-1].number {
		return fault.New(fault.Invalid, "编号应为 1 至 255 且逐行增大")
	}
	s, err := secret(digits)
	k.seals = append(k.seals, sealKey{number: byte(n), secret: s})
	return err
}

func secret(digits string) (s [secretSize]byte, err error) {
	if len(digits) != 2*secretSize {
		return s, fault.New(fault.Invalid, "密钥应为 64 位十六进制数，现在是 %d 位", len(digits))
	}
	if _, err := hex.Decode(s[:], []byte(digits)); err != nil {
		return s, fault.New(fault.Invalid, "密钥应为 64 位十六进制数，里面有其他字符")
	}
	return s, nil
}

// LoadKeys reads a key file and refuses one that other users of the machine can read.
func LoadKeys(path string) (Keys, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Keys{}, fault.Wrap(fault.Invalid, err, "找不到密钥文件 "+path+"，请核对路径或用备份恢复")
	}
	if mode := info.Mode().Perm(); mode&0o027 != 0 && runtime.GOOS != "windows" {
		return Keys{}, fault.New(fault.Invalid, "密钥文件 %s 的权限是 %04o，其他用户可以读取或改写。请执行 chmod 600 %s 后再启动", path, mode, path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return Keys{}, fault.Wrap(fault.Invalid, err, "密钥文件 "+path+" 读不出来，请核对文件所有者和权限")
	}
	return ParseKeys(string(text))
}

// LoadOrCreate reads the key file, or makes it (mode 0600) when there is none. Two processes that start together end up
// with the same keys: the file appears whole or not at all, and whoever comes second reads the first one's.
func LoadOrCreate(path string) (Keys, error) {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return LoadKeys(path)
	}
	if err := create(path, GenerateKeys().Encode()); err != nil && !errors.Is(err, fs.ErrExist) {
		return Keys{}, fault.Wrap(fault.Unavailable, err, "密钥文件 "+path+" 写不进去，请核对目录权限和磁盘空间")
	}
	return LoadKeys(path)
}

// create writes a new file completely before it gets its name, and fails with fs.ErrExist when the name is taken.
func create(path, text string) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".keys-*") // CreateTemp gives mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(text)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Link(f.Name(), path)
}
