// Package duplicate finds adverts of the same work among many (重复岗位): posted again, on several sites, by the employer and by an
// agency. Adverts that share a block (employer and title, employer and occupation, telephone and title, or much of their text) are
// compared; what says the same place, overlapping pay and the same work is one. Pairs are united to groups of any size, and each member
// says with which advert and why. What a person has said about a pair is kept: same stays together, different stays apart.
//
// The text is compared by its character sequences of four (one-permutation MinHash of 64 bins), so that a million adverts need no
// million times a million comparisons. No files, no database, no clock.
package duplicate
