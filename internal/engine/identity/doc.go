// Package identity reads, checks, masks and makes the codes by which people and employers are known:
// the citizen identity number (GB 11643-1999), the unified social credit code (GB 32100-2015) and the mobile number.
//
// A code that cannot be right is refused with a *CodeError that says in plain Chinese what is wrong and what to do.
// The package knows no clock: whether a birth lies in the future is for the caller to ask.
package identity
