// Package queue runs background work from a table of its own, the same way on both databases.
//
// A caller enqueues a [Job] inside its own transaction, so that the work exists exactly when the change that asks for it
// does. Any number of processes call [Queue.Run]; each claims jobs by an UPDATE that tests the state again, so one job is
// never in two hands. A claim is a lease: while the handler runs, the queue renews it and writes down the progress; when a
// process is killed, the lease ends and another process takes the job. Handlers therefore may run twice and must either
// use keys (db.Tx.Once) or end the job in the transaction of their last write ([Running.Complete]). One transaction of a
// handler must be shorter than the lease of two minutes.
//
// A handler that fails is tried again after 10 s, 20 s, 40 s … up to an hour (each a quarter more or less, so that a
// crowd does not come back at once). A fault that trying again cannot mend (Invalid, NotFound, Denied, Late, TooLarge),
// too many tries or a passed deadline put the job on the list of the dead, with the reason in plain Chinese, from where
// [Queue.Revive] brings it back. A fault of kind Repeat means that the work had been done before, and counts as done.
//
// Recurring work is declared by [Queue.Every] before Run. Its next turn is enqueued in the transaction that ends the last
// one, under a key that is unique among unfinished jobs, so several processes declare it without doubling it; a turn that
// was missed because nothing ran is made up once.
package queue
