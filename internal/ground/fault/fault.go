// Package fault holds the one error type that crosses floors: a kind for the machine, a sentence for the person
// reading, and the cause for the log.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what sort of trouble it is; the web tier turns it into a status, the command line into an exit code.
type Kind int

// The kinds. Everything that is not a fault.Error counts as Internal.
const (
	Internal    Kind = iota // our own mistake; the person sees only that it was recorded
	NotFound                // there is no such thing, or the reader may not know that there is
	Invalid                 // the input is wrong, and Text says where, why and how to mend it
	Conflict                // somebody else changed it meanwhile
	Denied                  // the role or the area does not reach this far
	Late                    // the deadline has passed
	Repeat                  // the same idempotency key has done this write already
	TooLarge                // over a stated limit
	Unavailable             // the database or the disk is away for the moment
)

var names = [...]string{"internal", "notfound", "invalid", "conflict", "denied", "late", "repeat", "toolarge", "unavailable"}

// String is the kind's name in logs and in problem+json.
func (k Kind) String() string {
	if int(k) < len(names) {
		return names[k]
	}
	return "internal"
}

// Error is a fault: Text is for the person reading (plain Chinese), Err for the log.
type Error struct {
	Kind Kind
	Text string
	Err  error
}

// Error is the log's view: kind, text and cause.
func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %s: %v", e.Kind, e.Text, e.Err)
	}
	return e.Kind.String() + ": " + e.Text
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes a fault; args fill the text as in fmt.Sprintf, and an argument wrapped by %w becomes the cause.
func New(kind Kind, format string, args ...any) *Error {
	if len(args) == 0 {
		return &Error{Kind: kind, Text: format}
	}
	wrapped := fmt.Errorf(format, args...)
	return &Error{Kind: kind, Text: wrapped.Error(), Err: errors.Unwrap(wrapped)}
}

// Wrap makes a fault with a text for the person and a cause for the log.
func Wrap(kind Kind, err error, text string) *Error { return &Error{Kind: kind, Text: text, Err: err} }

// KindOf is the kind of the first fault in err's chain, and Internal where there is none.
func KindOf(err error) Kind {
	var f *Error
	if errors.As(err, &f) {
		return f.Kind
	}
	return Internal
}

// Is reports whether err is a fault of that kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }

// TextOf is what the person reads: the fault's text, or a sentence that gives nothing away.
func TextOf(err error) string {
	var f *Error
	if errors.As(err, &f) && f.Text != "" {
		return f.Text
	}
	return "系统出了问题，已记录。请稍后再试；仍不行请联系管理员"
}
