// Package app is the roof of the house: it opens the database, gives every room what it needs, and gathers their
// routes, words, schemas and background work. It is the only package that sees every room.
package app
