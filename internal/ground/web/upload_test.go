package web_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"jiuye/internal/ground/web"
)

const mostBytes = 1 << 20

// taking is a room that takes an upload of at most one megabyte and says what it got.
func taking(got *string) web.Room {
	return room(nil, func(m *web.Mux) {
		m.Post("/take", web.Anyone, func(c *web.Ctx) error {
			up, err := c.Upload("file", mostBytes)
			if err != nil {
				return err
			}
			if up == nil {
				*got = "nothing"
				return c.Redirect("/")
			}
			text, err := os.ReadFile(up.Path)
			*got = fmt.Sprintf("%s %d %s %s", up.Name, up.Size, text[:min(len(text), 5)], c.Form().Value("kind"))
			return err
		})
	})
}

// zeros is a body of n bytes in front of which stand the fields, and counts what was really sent.
type zeros struct {
	head io.Reader
	left int64
	sent int64
}

func (z *zeros) Read(p []byte) (int, error) {
	if n, err := z.head.Read(p); n > 0 || err != io.EOF {
		return n, nil
	}
	if z.left <= 0 {
		return 0, io.EOF
	}
	n := int(min(z.left, int64(len(p))))
	clear(p[:n])
	z.left -= int64(n)
	z.sent += int64(n)
	return n, nil
}

func head(t *testing.T, fields ...string) (*bytes.Buffer, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(fields); i += 2 {
		if err := w.WriteField(fields[i], fields[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.CreateFormFile("file", `C:\Users\x\名单.csv`); err != nil {
		t.Fatal(err)
	}
	return &b, w.FormDataContentType()
}

func TestAnUploadArrivesWithItsFieldsAndIsForgotten(t *testing.T) {
	var got string
	dir := t.TempDir()
	server := serve(t, web.Config{Rooms: []web.Room{taking(&got)}, TempDir: dir})
	body, kind := head(t, "_once", key, "kind", "毕业生")
	body.WriteString("hello\r\n--" + strings.TrimPrefix(kind, "multipart/form-data; boundary=") + "--\r\n")
	send(t, http.MethodPost, server.URL+"/take", body, "Content-Type", kind)
	if got != "名单.csv 5 hello 毕业生" {
		t.Errorf("got %q", got)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestTwoGigabytesAreRefusedEarlyAndCostNoMemory(t *testing.T) {
	for _, announced := range []bool{true, false} {
		t.Run(fmt.Sprintf("announced %v", announced), func(t *testing.T) {
			var got string
			dir := t.TempDir()
			server := serve(t, web.Config{Rooms: []web.Room{taking(&got)}, TempDir: dir})
			h, kind := head(t, "_once", key)
			body := &zeros{head: h, left: 2 << 30}
			req, err := http.NewRequest(http.MethodPost, server.URL+"/take", body)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", kind)
			if announced {
				req.ContentLength = int64(h.Len()) + 2<<30
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			resp, err := http.DefaultTransport.RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			text, _ := io.ReadAll(resp.Body)
			resp.Body.Close()
			runtime.ReadMemStats(&after)
			wants(t, answer{resp.StatusCode, resp.Header, string(text)}, 413, "内容太大", "请拆成几个文件分次上传")
			if body.sent > 64<<20 {
				t.Errorf("%d bytes were taken before the answer", body.sent)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 32<<20 {
				t.Errorf("%d bytes of memory were used", used)
			}
			if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestAnUploadThatBreaksOffIsNotTaken(t *testing.T) {
	got := "untouched"
	dir := t.TempDir()
	server := serve(t, web.Config{Rooms: []web.Room{taking(&got)}, TempDir: dir})
	body, kind := head(t, "_once", key)
	body.WriteString("half of")
	wants(t, send(t, http.MethodPost, server.URL+"/take", body, "Content-Type", kind), 422, "上传中断了")
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); got != "untouched" || len(left) > 0 {
		t.Errorf("%s, %v", got, left)
	}
}

func TestAFolderThatTakesNothingIsSaidSo(t *testing.T) {
	got := ""
	server := serve(t, web.Config{Rooms: []web.Room{taking(&got)}, TempDir: filepath.Join(t.TempDir(), "gone")})
	body, kind := head(t, "_once", key)
	wants(t, send(t, http.MethodPost, server.URL+"/take", body, "Content-Type", kind), 503, "不能保存文件")
}

func TestFieldsAloneMayNotFillTheMemory(t *testing.T) {
	got := ""
	server := serve(t, web.Config{Rooms: []web.Room{taking(&got)}})
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	_ = w.WriteField("note", strings.Repeat("x", 3<<20))
	_ = w.Close()
	wants(t, send(t, http.MethodPost, server.URL+"/take", &b, "Content-Type", w.FormDataContentType()), 413, "1 MB 以内")
	long := "_once=" + key + "&note=" + strings.Repeat("x", 3<<20)
	wants(t, send(t, http.MethodPost, server.URL+"/take", strings.NewReader(long), "Content-Type", "application/x-www-form-urlencoded"), 413, "1 MB 以内")
}
