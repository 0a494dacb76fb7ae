// Package madeup makes registers of people who do not exist, with the truth beside them, for measuring linkage: households
// that share surname, address and phone, Han and Mongolian names as common and rare as in life, and records that were
// written by ear, mistyped, outdated or incomplete. The same options give the same register.
package madeup
