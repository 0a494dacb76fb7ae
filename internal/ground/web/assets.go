package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed all:static
var staticFiles embed.FS

const assetPrefix = "/static/"

// ErrNotBuilt says what to run when the front end has not been built.
var ErrNotBuilt = errors.New("没有前端文件，请先运行 make build（需要 Node 20 以上）")

// Built reports whether the compiled style and scripts are in this program; ErrNotBuilt otherwise. Pages work without
// them, only plainly.
func Built() error {
	if _, err := staticFiles.Open("static/dist/manifest.json"); err != nil {
		return ErrNotBuilt
	}
	return nil
}

// asset is one file under a name that changes with its content, so that browsers may keep it forever.
type asset struct {
	kind       string
	body, zipd []byte
}

type assets struct {
	urls  map[string]string // name → address
	files map[string]asset  // path below assetPrefix → file
}

func loadAssets() (*assets, error) {
	a := &assets{urls: map[string]string{}, files: map[string]asset{}}
	if raw, err := staticFiles.ReadFile("static/dist/manifest.json"); err == nil {
		var manifest map[string]string // name → hashed file in dist
		if err := json.Unmarshal(raw, &manifest); err != nil {
			return nil, err
		}
		for name, file := range manifest {
			body, err := staticFiles.ReadFile("static/dist/" + file)
			if err != nil {
				return nil, err
			}
			a.add(name, file, body)
		}
	}
	entries, err := fs.ReadDir(staticFiles, "static")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		body, err := staticFiles.ReadFile("static/" + e.Name())
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(body)
		ext := path.Ext(e.Name())
		a.add(e.Name(), strings.TrimSuffix(e.Name(), ext)+"-"+hex.EncodeToString(sum[:5])+ext, body)
	}
	return a, nil
}

func (a *assets) add(name, file string, body []byte) {
	var small bytes.Buffer
	zip, _ := gzip.NewWriterLevel(&small, gzip.BestCompression) // the level is a constant
	_, _ = zip.Write(body)
	_ = zip.Close()
	a.urls[name] = assetPrefix + file
	a.files[file] = asset{kind: mime.TypeByExtension(path.Ext(file)), body: body, zipd: small.Bytes()}
}

// url is the address of an asset; of one that is not there, an address that answers 404.
func (a *assets) url(name string) string {
	if u, ok := a.urls[name]; ok {
		return u
	}
	return assetPrefix + "missing/" + name
}

// ServeHTTP sends an asset: forever the same under its name.
func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := a.files[strings.TrimPrefix(r.URL.Path, assetPrefix)]
	if !ok || r.Method != http.MethodGet && r.Method != http.MethodHead {
		plain(w, http.StatusNotFound, "not found")
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	body := f.body
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = f.zipd
	}
	_, _ = w.Write(body)
}
