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
	return r.firms(ctx, list)
}

// FirmsNumbered are the agencies with some numbers.
func (r *Room) FirmsNumbered(ctx context.Context, ids []int64) ([]Firm, error) {
	list, err := r.agenciesIn(ctx, "agency_id", ids)
	if err != nil {
		return nil, err
	}
	return r.firms(ctx, list)
}

// FirmOf is the agency that an employer is registered as; found is false for others.
func (r *Room) FirmOf(ctx context.Context, employerID int64) (f Firm, found bool, err error) {
	own, err := r.agenciesIn(ctx, "employer_id", []int64{employerID})
	if err != nil || len(own) == 0 || employerID == 0 {
		return Firm{}, false, err
	}
	list, err := r.firms(ctx, own)
	if err != nil {
		return Firm{}, false, err
	}
	return list[0], true, nil
}

// firms rates agencies as of today.
func (r *Room) firms(ctx context.Context, list []Agency) ([]Firm, error) {
	if len(list) == 0 {
		return nil, nil
	}
	rated, err := r.rate(ctx, list)
	out := make([]Firm, len(rated))
	for i, a := range rated {
		out[i] = Firm{a.Agency, a.Rating.Grade, a.Valid(r.today())}
	}
	return out, err
}
