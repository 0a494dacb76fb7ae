// Package policy is the room where policies find people (政策找人) and people find policies (我能享受什么).
//
// It serves S130 to S140 and all 87 rules of the planning documents. The catalogue has each with its quotation: rules with
// conditions are decided for everybody and every employer, and who can have one, who almost can and why are kept, so that an
// officer gets a list and a citizen a page; the reasons are computed again from the same rule whenever somebody asks.
// Pointers lead to other documents, processes to where the system carries them out. Parameters that the documents leave open
// are set by two people; policies are written in a form, kept in versions, and published by two people.
//
// It is not for granting or paying, and not for placing zero-employment households (casework).
package policy
