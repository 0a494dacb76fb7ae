// Package search finds vacancies: by filters, by words as people type them, by both, with counts over the whole result.
//
// An Index is a list of segments that never change. Adding builds a small segment, deleting copies a bitmap, merging
// makes large segments of small ones; each of these publishes a new list in one step, so that a search sees either all of
// a change or nothing of it, and waits for nobody.
//
// Within a segment the vacancies stand newest first. A term (a word of one field, an area and all it lies in, an
// occupation and its classes, a flag, a step of pay) leads to the vacancies that have it: as a bitmap where they are
// many, as differences of numbers where they are few. A question is a few such sets and their intersection; totals,
// facets and "relax this" are counted on the sets and are exact.
//
// Chinese is taken as pairs of characters, and single ones for questions of one character. A dictionary that the caller
// gives (occupations, places, conditions) divides words written together, tells what a word means, reads pinyin and
// repairs spelling. What was understood is said in the answer.
//
// # What a question means
//
// A word stands for the vacancies whose text has it, or that are what it means: 海流图 stands for those whose text says 海流图
// and those that lie there. +word must be so, -word must not, "phrase" is the text in one piece, pre* is a beginning. Words
// without a sign are all needed when no word has a +; beside a + they only move what fits better to the front. Hence
// total(+a b) = total(+a), +a and -a split the whole, and a phrase lies within its words.
//
// # Order
//
// BM25F over title, occupation, employer and the whole text (a term counts once in a field), what words mean, nearness
// of neighbouring words, and freshness; then the day of posting, then the id. All are whole numbers: the same question
// has the same order everywhere. A cursor carries the weights it began with, so that additions do not disturb a walk.
//
// The package is pure: it knows no database, no file, no request and no time of day.
package search
