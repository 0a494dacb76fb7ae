package paper

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"jiuye/internal/ground/fault"
)

// patience is how long a browser may take to print.
const patience = 60 * time.Second

// PDF writes the document as a PDF, printed by a browser of this machine. Where there is none it is a fault of kind Unavailable that says what else
// there is; the fault names JIUYE_CHROMIUM, which may point to one.
func (d *Document) PDF(ctx context.Context, w io.Writer) error {
	browser, err := Browser()
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "jiuye-paper-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // the system's folder for such files is emptied anyhow
	var text bytes.Buffer
	if err := d.HTML(&text); err != nil {
		return err
	}
	from, to := filepath.Join(folder, "page.html"), filepath.Join(folder, "page.pdf")
	if err := os.WriteFile(from, text.Bytes(), 0o600); err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	args := []string{"--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-background-networking", "--disable-dev-shm-usage", "--no-pdf-header-footer",
		"--user-data-dir=" + filepath.Join(folder, "profile"), "--print-to-pdf=" + to, "file://" + filepath.ToSlash(from)}
	if os.Geteuid() == 0 {
		args = append([]string{"--no-sandbox"}, args...) // its sandbox refuses the superuser; the page is ours and may load nothing
	}
	said, err := exec.CommandContext(ctx, browser, args...).CombinedOutput()
	if err != nil {
		return fault.Wrap(fault.Unavailable, errors.Join(err, errors.New(string(said))), "没有打印成 PDF。请再试一次，或者下载 Word 文件")
	}
	made, err := os.Open(to)
	if err != nil {
		return fault.Wrap(fault.Unavailable, errors.Join(err, errors.New(string(said))), "没有打印成 PDF。请再试一次，或者下载 Word 文件")
	}
	defer made.Close()
	_, err = io.Copy(w, made)
	return err
}

// Browser finds a browser that prints: JIUYE_CHROMIUM, Chromium, Chrome, or the Edge that every Windows has.
func Browser() (string, error) {
	if path := os.Getenv("JIUYE_CHROMIUM"); path != "" {
		return path, nil
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome", "msedge", "microsoft-edge"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	for _, path := range []string{
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
		`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`, `C:\Program Files\Microsoft\Edge\Application\msedge.exe`, `C:\Program Files\Google\Chrome\Application\chrome.exe`,
	} {
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
	}
	return "", fault.New(fault.Unavailable, "服务器上没有能打印 PDF 的浏览器（Chromium、Chrome 或 Edge）。请下载 Word 文件，或者打开网页后用浏览器打印；管理员装好后可用环境变量 JIUYE_CHROMIUM 指明位置")
}
