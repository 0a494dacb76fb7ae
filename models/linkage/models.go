// Package linkagemodels carries the model files of linkage into the binary, so that the review desk needs no file beside it.
// docs/linkage.md tells how a model file is written.
package linkagemodels

import _ "embed"

// Person is the model of people: name, sex, birth, ID number, phone, address.
//
//go:embed person.yaml
var Person []byte
