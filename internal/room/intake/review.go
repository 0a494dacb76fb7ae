package intake

// Where a review item stands.
const (
	ReviewOpen    = "open"    // nobody has decided
	ReviewLater   = "later"   // 稍后
	ReviewSame    = "same"    // 同一人: the row is in the register
	ReviewOther   = "other"   // 不是同一人: the row is dropped for good
	ReviewSettled = "settled" // a later delivery made the question go away
)

// Review is a row that waits for an officer: its number is not in the register, or leads to somebody of another name.
type Review struct {
	ID        int64
	Area      string
	State     string
	Why       string // unknown, name
	Kind      string
	BatchID   int64
	FileID    int64
	FileName  string
	Row       int64
	PersonID  int64 // 0: nobody yet
	Added     bool
	CreatedAt int64
	DecidedAt int64
	DecidedBy int64
	Decider   string
	Reason    string
	Version   int64

	key, sealed []byte
}

var reviewColumns = []string{"review_id", "area", "state", "why", "kind", "batch_id", "file_id", "file_name", "row_number", "person_id", "row_key", "row_seal",
	"added", "created_at", "decided_at", "decided_by", "decider", "reason", "version"}
