// Package relief is the room of work-relief projects (以工代赈) and of medical checks that units recognise from one another
// (入职体检结果互认). It serves S70 (优先支持发放劳务报酬比例高、带动当地群众务工人数多的项目；及时足额发放劳动报酬) and S69
// (入职定点体检和体检结果互认机制).
//
//	project.go pay.go   projects ranked by pay share and local people; workers by real name; wages paid each month, late and short ones
//	check.go            designated hospitals; checks with class, fit or unfit, and validity; what may not be asked
//	act_*.go store*.go pages*.go
//
// It pays nobody: wages are what the project's owner reports, row by row, and what is missing is pressed for. Of a medical check only
// the class of occupation, fit or unfit and the validity are kept: no items, no findings, no diagnosis. A unit sees it by a code that
// the person made, as long as the person lets it.
package relief
