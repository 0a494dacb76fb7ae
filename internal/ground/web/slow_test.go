package web_test

import (
	"fmt"
	"net"
	"testing"
	"time"

	"jiuye/internal/ground/web"
)

func TestWhoAsksAndDoesNotTakeTheAnswerIsLetGo(t *testing.T) {
	gone := make(chan error, 1)
	r := room(nil, func(m *web.Mux) {
		m.Get("/long", web.Anyone, func(c *web.Ctx) error {
			w := c.Attachment("long.csv", "text/csv")
			page := make([]byte, 1<<20)
			for range 1 << 10 {
				if _, err := w.Write(page); err != nil {
					gone <- err
					return nil
				}
			}
			gone <- nil
			return nil
		})
	})
	server := serve(t, web.Config{Rooms: []web.Room{r}, Patience: 300 * time.Millisecond})
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := fmt.Fprintf(conn, "GET /long HTTP/1.1\r\nHost: %s\r\n\r\n", server.Listener.Addr()); err != nil {
		t.Fatal(err)
	}
	if err := <-gone; err == nil {
		t.Error("a gigabyte went to somebody who took nothing")
	}
}
