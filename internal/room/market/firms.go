package market

import "context"

// Firm is an agency with its rating of today, as other rooms ask for it.
type Firm struct {
	Agency
	Grade    string // A to D
	Licensed bool   // its licence is in force
}

// mostFirms is how many agencies Firms lists at most; a region licenses some thousands.
const mostFirms = 5000

// Firms lists the agencies of an area's subtree with their ratings, in the order of their numbers.
func (r *Room) Firms(ctx context.Context, area string) ([]Firm, error) {
	list, err := r.agencies(ctx, area, 0, mostFirms)
	if err != nil {
		return nil, err
	}
	rated, err := r.rate(ctx, list)
	out := make([]Firm, len(rated))
	for i, a := range rated {
		out[i] = Firm{a.Agency, a.Rating.Grade, a.Valid(r.today())}
	}
	return out, err
}
