package web

import (
	"io"
	"net/http"
)

// Patient reads a long body for a handler mounted with Mux.Raw as Upload does: as long as bytes keep coming it may take
// its time, and a sender who stops for 30 seconds is let go.
func Patient(w http.ResponseWriter, body io.Reader) io.Reader {
	return &slowReader{from: body, control: http.NewResponseController(w)}
}
