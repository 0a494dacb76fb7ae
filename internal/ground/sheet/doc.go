// Package sheet reads and writes the tables that departments exchange: xlsx and csv, row by row, in constant memory.
//
// What a file is, is found from its content and never from its name. Files that cannot be read (an old .xls, a web page or a
// PDF with another name, a workbook with a password, a zip bomb) are refused with a sentence that says what to do.
//
//	book, err := sheet.Open(path, sheet.Limits{})
//	defer book.Close()
//	for row, err := range book.Rows("") { … }
//
// Where the columns are known by name, the head is found among the first rows, in any order, and what it lacks is told:
//
//	table, err := book.Table("", sheet.Titles(2, "身份证号", "金额", "备注"))
//	for line, err := range table.Lines() { line.Cells[1] … }
//
// Every cell is text: an ID number stays as it was typed, a date is 2006-01-02, an integer has no exponent.
// Formulas give their last computed value. Rows without any text are left out, but keep their numbers.
package sheet
