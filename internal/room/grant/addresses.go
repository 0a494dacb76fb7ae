package grant

import "fmt"

// Addresses.
const (
	atDesk   = "/grant"
	atMine   = "/grant/mine"
	atPublic = "/grant/public"
	atFunds  = "/grant/fund"
	atBatch  = "/grant/batch"
	atAudit  = "/grant/audit"
	atEffect = "/grant/effect"
	atSelf   = "/grant/self"
)

func caseAt(a *Application) string { return fmt.Sprintf("/grant/case/%d/%d", a.OwnerID, a.ID) }
func mineAt(a *Application) string { return fmt.Sprintf("/grant/mine/%d", a.ID) }
func batchAt(id int64) string      { return fmt.Sprintf("/grant/batch/%d", id) }
func auditAt(x *Inspection) string { return fmt.Sprintf("/grant/audit/%d/%d", x.OwnerID, x.ID) }
