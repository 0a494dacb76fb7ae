// Package rule reads a policy as an official writes it, decides it for one subject, and says why.
//
// A policy is a yaml document in Chinese (every key has an English twin): where it comes from, whom it is for, the
// conditions, the result and how to get it. It serves 政策找人 (S130 to S140): one definition screens everybody and
// explains one person, so the two can never disagree.
//
// Conditions are a tree of 全部, 任一, 非 and 至少 n over comparisons of fields from a Dictionary. They are decided in
// Kleene's three-valued logic: what is not known stays unknown and is never guessed. A no may be near: one thing that
// can be changed is missing, or time alone brings the rest within Horizon.
//
// Values and amounts are formulas over fields, lists inside a fact, dated parameters and tables of decisions; docs/policy.md
// is the manual of the language, whose every example is tested.
//
// A Dictionary says what fields there are. One made from a file is open and its kinds are guessed: a field is then taken for
// what a line needs, and a name that is not known is a field that nobody's value is known of.
//
// The package knows no register, no database and no clock: facts come through Source, the day is an argument.
package rule
