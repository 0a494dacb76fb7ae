// Package policy is the room where policies find people (政策找人) and people find policies (我能享受什么).
//
// It serves S130 to S140: ten policies of the planning documents, each a yaml file with its quote, are decided for
// everybody and every employer; who can have it, who almost can and why are kept, so that an officer gets a list and a
// citizen a page. The reasons are computed again from the same rule whenever somebody asks.
//
// It is not for granting or paying, and not for placing zero-employment households (casework).
package policy
