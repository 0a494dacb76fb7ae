package graduate

import (
	_ "embed"
	"encoding/json"
	"sync"
)

//go:embed goals.json
var goalText []byte

// Goal is a number that a plan document sets for a programme and an area, with the words it stands in.
type Goal struct {
	Code, Programme, Area string
	Number                int64
	Unit, Quote, Source   string
}

// Goals are the plan numbers, read once from goals.json.
var Goals = sync.OnceValue(func() (list []Goal) {
	if err := json.Unmarshal(goalText, &list); err != nil {
		return nil // a test reads the file
	}
	return list
})
