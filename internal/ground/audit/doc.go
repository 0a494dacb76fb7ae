// Package audit keeps who read and who changed what, in chains of SM3 hashes (GB/T 32905) that only grow.
//
// Every entry's hash covers all its fields and the hash before it, and the head of the chain holds the number and the hash
// of the last entry. [Log.Verify] therefore finds a changed, added, moved or deleted entry, the last one included, and
// names it. What it cannot find is a rewrite of a whole chain together with its head by somebody who owns the database:
// against that, [Log.Heads] is written down elsewhere (printed, or sent to another department) from time to time and
// compared.
//
// Each process has a chain of its own, named after its node, so that writers of different processes do not wait for each
// other. Writers of one process do: the head is locked from [Log.Write] to the end of the transaction, so Write comes last.
//
// Reads of a person's file are recorded by [Log.Note], in a transaction of its own (never call it inside another one: on
// SQLite there is only one writer). A file that could not be recorded as read must not be shown.
package audit
