// Package advert reads the text of an advert as people paste it: title, number of openings, pay, place, schooling, experience, working time,
// benefits and contact, each with the words it was read from, for a person to confirm. An advert that offers several kinds of work gives one
// reading for each; what is said once holds for all of them. Nothing is invented: what the text does not say stays empty.
package advert
