// Package linkrun is linkage from files: it reads tables, runs engine/linkage, writes pairs and clusters, and prints
// what came out, against a truth when there is one. It is what `jiuye link` does.
package linkrun
