// Package intake brings departments' files into the one real-name register (信息采集与比对).
//
// It serves 自治区级集中的公共就业大数据库 (S20), 就业信息资源库 (S21), 就业实名制 (S22), 信息采集 (S23), 就业失业登记 (S24),
// 跨部门数据比对联动 (S37) and 跨旗区、跨部门数据共享 (S38): `jiuye import DIR` and the upload page run the same code.
//
// A file's kind is found by its header, its columns by a template (templates/*.yaml). Each row is checked and mended, joined
// to a person by a valid ID number and an agreeing name, and written; whatever cannot be is told with row, column, value and
// reason. People come from the 户籍 file alone; a row about somebody unknown, or whose name does not agree, waits in the
// review list for an officer.
//
// Rows go in in blocks. One transaction writes a block's facts, its rejected rows, its review items and the cursor behind
// it, so that a killed program loses nothing and doubles nothing.
//
// It is not for linking people whose numbers are wrong (linkage will be), nor for deciding what follows from the facts.
package intake
