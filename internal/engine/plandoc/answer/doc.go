// Package answer holds what a careful person takes from plan documents against what the reader took: the measure of docs/plan.md.
package answer
