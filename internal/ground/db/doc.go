// Package db runs one SQL text on both databases: SQLite embedded in the binary (modernc.org/sqlite, no C compiler)
// and PostgreSQL 15 or later (pgx).
//
// A store writes plain SQL with $1 placeholders beside its use. It reads through [All], [One] and [Each], writes inside
// [DB.Tx], and moves many rows with [Tx.Copy] and [Tx.Upsert]. A day of the calendar is a [Date] in a DATE column, an
// instant a BIGINT of unix milliseconds, money a BIGINT of fen; codes compare bytewise.
//
// What differs between the two databases lives in dialect.go and in migration comments of the form
// /*sqlite:WITHOUT ROWID*/ and /*postgres:COLLATE "C"*/, which only that database gets to see.
package db
