// Package evidence keeps the files that people hand in (证明材料): pictures and PDF of limited size, told by their first bytes and
// never by their names, stored sealed under whoever they belong to (a person or an employing unit), and given out again only
// by the room that asked for them, which knows who may read them.
//
// The register decides nothing about who may see a file: the room asks its own rule first and writes the look into the log.
package evidence
