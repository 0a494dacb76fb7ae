// Package grant is the room where support is applied for, decided and paid (补贴办理): S130, S132, S133, S137 to S140. It serves
// the whole way of one application (申请、受理、核验、决定、公示、发放、申诉、追回), the money behind it (资金预算与台账), the audit
// after the fact (事后核查) and what became of the beneficiaries (成效).
//
// What cannot happen here, by construction: a payment over the budget (fund.go: the balance is part of the condition of the
// UPDATE), a second payment for the same fact (claim.go: one row for each month or occasion, its key is beneficiary, policy and
// fact), a decision by who proposed or checked it, about a relative, about an own firm (recuse.go), a batch without two people.
//
// The room does not judge conditions: that is the policies' own explanation, asked through Policies. It does not hold money:
// banks do, this room writes their file and reads what comes back.
package grant
