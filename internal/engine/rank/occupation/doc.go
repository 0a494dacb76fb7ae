// Package occupation tells which occupation of the 2022 classification a job title names. It serves S53 and everything that
// counts or matches work: vacancies, wishes, training, analysis.
//
// A Coder is made of a classification (codes, names, aliases; BuiltIn has the upper levels and the common occupations) and
// of the everyday names in everyday.txt. It codes without any labelled title; Train adds what labelled titles teach, and
// Correct what an officer has just put right.
//
// How a title is coded: it is cut into pieces without pay, benefits and the firm's name (text.go); character sequences of one to
// four characters with the edges of the pieces are its features (grams.go); regressions, nearest labelled titles,
// nearest names, centroids and shared characters (letters.go) each propose occupations (base.go), and small boosted trees,
// trained on what these models say of titles they have not seen, weigh the proposals (boost.go). Scores are probabilities.
// Everything is seeded: the same classification, titles, corrections and seed give the same answers.
//
// Measured in docs/jobs.md. Not here: files, databases, time; reading adverts (room jobs).
package occupation
