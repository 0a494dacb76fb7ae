// Package benchrun measures the engines on made-up crowds of any size, for jiuye bench. What it makes up is drawn from a
// seed, and resembles a region's register in what is known of people and how often; nobody in it exists.
package benchrun
