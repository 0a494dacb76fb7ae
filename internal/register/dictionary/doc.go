// Package dictionary is the fields that rules may ask about, and how each is read from the register: one meaning for
// policies (政策找人), real-name lists (实名名单), comparisons (比对) and tables.
//
// A field has a name in Chinese and English, a type, a unit, the department that holds it and its meaning (rule.Field); its
// id is its place in Person().Fields or Employer().Fields, named by a constant here. Around holds what lies outside of
// one person's file (today, the zero-employment households, who is a legal representative); Around.Fill reads one person's
// file into a Row, a Unit is the same for an employer. What nobody has reported stays unknown.
//
// The package decides nothing: that is engine/rule.
package dictionary
