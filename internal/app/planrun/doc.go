// Package planrun reads plan documents from files for engine plandoc (jiuye plan read, jiuye plan check, and the upload page):
// txt in UTF-8 or GB18030, html, docx and PDF with text. Sizes are limited, so that a small file cannot unpack to a large one,
// and what has no text (a scanned PDF) is said in plain words. docs/plan.md describes the commands and the files they write.
package planrun
