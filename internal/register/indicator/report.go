package indicator

// ReportState says how far a reported figure is.
type ReportState string

// The states: 已上报, 已退回, 已签收.
const (
	Submitted ReportState = "submitted"
	Returned  ReportState = "returned"
	Signed    ReportState = "signed"
)

// Report is a value that somebody entered for an indicator (上报值). A correction is a new version; the older ones stay.
type Report struct {
	Area      string
	Indicator string
	Period    Period
	Value     int64 // as Scaled keeps it
	Note      string
	State     ReportState
	ByID      int64  // 0: printed in a plan, or made up for the demonstration
	ByName    string // "" for a printed value
	At        int64  // unix ms
	Judge     string // who returned or signed it
	JudgedAt  int64
	Reason    string // of a return
	Version   int64  // from 1
}

// Value is the report as an indicator's value; a returned one is not known.
func (r *Report) AsValue() Value {
	return Value{Indicator: r.Indicator, Kind: Reported, Area: r.Area, Period: r.Period, Numerator: r.Value, Known: r.State != Returned,
		KnownOn: dayOf(r.At), Reported: true, Note: r.Note}
}
