// Package trial makes panels of honest reports, falsifies some of their years in stated ways, and measures what package honest finds.
package trial
