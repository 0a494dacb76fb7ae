// Package plandoc reads plan documents 规划、方案、意见 (S170, S171): from the text of a document to proposals of indicators and
// tasks, each with its place and quote, for a person to confirm beside the text; and it checks plans the way a careful reader
// would before signing (Check). It knows the grammar of such documents (chapters, boxes 专栏, tables, target sentences, duty
// brackets), never their contents.
//
// It is pure: a loader gives the text as blocks (Text), Read gives a Draft. Nothing is invented: what could not be read
// (tables that are pictures, rows that do not fit their header) becomes a Warning.
//
// The way through the files: line.go cleans lines, layout.go puts paragraphs and tables together under their headings
// (heading.go); drawn.go, spaces.go and placed.go find tables whose cells are drawn or placed, grid.go the others, readings.go
// chooses how a head is meant, column.go says what columns mean, row.go reads the rows;
// quantity.go finds numbers, when.go and horizon.go times; paragraph.go and sentence.go go through sentences, mention.go holds a
// number with what stands around it, number.go, pattern.go and fromto.go make targets of it, naming.go, noun.go and name.go name
// them, date.go and result.go say when and whether reached, skip.go what is no target; task.go, duty.go and assign.go read tasks;
// check*.go ask.
package plandoc
