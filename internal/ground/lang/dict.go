package lang

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// The languages. Chinese is the default and the one every key must have.
const (
	Chinese = "zh"
	English = "en"
)

// Languages are those for which there are dictionaries, the default first.
var Languages = []string{Chinese, English}

// Names are what each language calls itself, for the language switch.
var Names = map[string]string{Chinese: "中文", English: "English"}

// Dict is every text of every room. It does not change after Load and may be read by any number of goroutines.
type Dict struct {
	words map[string]map[string]string // language → key → text
}

// Load reads words.zh.json and words.en.json from the root of each source. A missing file, a text that is not a string
// and a key that two sources (or one file twice) define are errors.
func Load(sources ...fs.FS) (*Dict, error) {
	d := &Dict{words: map[string]map[string]string{}}
	var wrong []error
	for _, language := range Languages {
		d.words[language] = map[string]string{}
		for i, source := range sources {
			if err := d.read(language, source); err != nil {
				wrong = append(wrong, fmt.Errorf("lang: source %d, words.%s.json: %w", i+1, language, err))
			}
		}
	}
	return d, errors.Join(wrong...)
}

// read adds one file, token by token: decoding into a map would hide a key that stands twice.
func (d *Dict) read(language string, source fs.FS) error {
	text, err := fs.ReadFile(source, "words."+language+".json")
	if err != nil {
		return err
	}
	tokens := json.NewDecoder(bytes.NewReader(text))
	if first, err := tokens.Token(); err != nil || first != json.Delim('{') {
		return errors.Join(errors.New("not a flat object of key and text"), err)
	}
	words := d.words[language]
	for tokens.More() {
		key, err := tokens.Token()
		if err != nil {
			return err
		}
		value, err := tokens.Token()
		if err != nil {
			return err
		}
		name, word := key.(string), ""
		if s, ok := value.(string); ok {
			word = s
		} else {
			return fmt.Errorf("key %q has no text but %v", name, value)
		}
		if before, twice := words[name]; twice {
			return fmt.Errorf("key %q is defined twice: %q and %q", name, before, word)
		}
		words[name] = word
	}
	if _, err := tokens.Token(); err != nil {
		return err
	}
	if _, err := tokens.Token(); err != io.EOF {
		return errors.New("something follows the object")
	}
	return nil
}

// T is the text for a key with its places filled by args. A key that the language lacks is answered in Chinese, and one that
// Chinese lacks by the key itself, which nobody overlooks.
func (d *Dict) T(language, key string, args ...any) string {
	word, found := d.words[language][key]
	if !found {
		if word, found = d.words[Chinese][key]; !found {
			return key
		}
	}
	return fill(word, args)
}

// Has reports whether a key is known in Chinese.
func (d *Dict) Has(key string) bool {
	_, found := d.words[Chinese][key]
	return found
}

// Missing lists, sorted, the keys that one language has and another lacks, as "en: jobs.left".
func (d *Dict) Missing() []string {
	var missing []string
	for _, from := range Languages {
		for key := range d.words[from] {
			for _, to := range Languages {
				if _, found := d.words[to][key]; !found {
					missing = append(missing, to+": "+key)
				}
			}
		}
	}
	slices.Sort(missing)
	return slices.Compact(missing)
}

// Uneven lists, sorted, the keys whose translation does not use the same places {0}, {1}, … as the Chinese.
func (d *Dict) Uneven() []string {
	var uneven []string
	for key, word := range d.words[Chinese] {
		for _, language := range Languages[1:] {
			if other, found := d.words[language][key]; found && !slices.Equal(places(word), places(other)) {
				uneven = append(uneven, language+": "+key)
			}
		}
	}
	slices.Sort(uneven)
	return uneven
}

// fill puts args into the places of a text. A place without an argument stays as it is written.
func fill(word string, args []any) string {
	if len(args) == 0 || !strings.Contains(word, "{") {
		return word
	}
	var b strings.Builder
	b.Grow(len(word) + 16*len(args))
	for word != "" {
		start, end, n := place(word)
		if start < 0 {
			break
		}
		b.WriteString(word[:start])
		if n < len(args) {
			fmt.Fprint(&b, args[n])
		} else {
			b.WriteString(word[start:end])
		}
		word = word[end:]
	}
	b.WriteString(word)
	return b.String()
}

// place finds the first {n} in a text; start is -1 when there is none.
func place(word string) (start, end, n int) {
	for from := 0; ; {
		open := strings.IndexByte(word[from:], '{')
		if open < 0 {
			return -1, -1, 0
		}
		open += from
		end, n = open+1, 0
		for end < len(word) && end < open+3 && word[end] >= '0' && word[end] <= '9' {
			n = n*10 + int(word[end]-'0')
			end++
		}
		if end > open+1 && end < len(word) && word[end] == '}' {
			return open, end + 1, n
		}
		from = open + 1
	}
}

// places are the distinct numbers of a text's places, sorted.
func places(word string) []int {
	var found []int
	for {
		start, end, n := place(word)
		if start < 0 {
			slices.Sort(found)
			return slices.Compact(found)
		}
		found = append(found, n)
		word = word[end:]
	}
}
