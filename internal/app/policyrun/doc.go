// Package policyrun decides policies for subjects that stand in files, without any register: jiuye policy check and
// jiuye policy eval. Policies are the catalogue's own yaml; subjects are rows of a table, or lines of JSON whose arrays are
// lists (contracts, insured months, members of a household). What kinds of values the fields have is read from the
// subjects, or from a dictionary where one is given. docs/policy.md describes the language and both commands.
package policyrun
