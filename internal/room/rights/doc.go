// Package rights is what a person may ask of those who keep the data (个人信息权益, 《个人信息保护法》第四章): correction with
// approval by another person (第四十六条), consent and its withdrawal for purposes beyond legal duty (第十四条、第十五条), and an end
// of keeping: data that are due are anonymised after notice and the yes of two people (第十九条、第四十七条、第七十三条). Who
// looked at a file stands in room casework (第四十四条、第四十五条), and is linked from here.
//
// It serves the issue's "Change requests with approval by another person; withdrawal of consent; retention and
// anonymisation with notice". It decides nothing by itself: corrections become records of the source 更正 through the
// interface [Corrections], requests and their decisions are kept by register/approval.
//
// Other rooms ask [Room.Allowed] before they use data for a purpose that needs consent; see purpose.go for the purposes
// and their legal grounds.
package rights
