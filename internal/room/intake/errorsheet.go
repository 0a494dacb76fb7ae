package intake

// The two columns that an error sheet has behind the original ones. On the way back they are not read.
const (
	rowHead    = "行号"
	reasonHead = "原因"
)
