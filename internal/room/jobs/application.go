package jobs

// Application is one person's application for one vacancy.
type Application struct {
	PersonID   int64
	VacancyID  int64
	EmployerID int64
	State      State
	Note       string
	ReferredBy int64 // account of the officer who referred the person; 0: nobody did
	CreatedAt  int64 // unix ms
	UpdatedAt  int64
	Version    int64
}
