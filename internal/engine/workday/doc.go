// Package workday counts statutory working days: Monday to Friday without the holidays that the State Council gives off,
// with the weekend days worked instead (调休), as its yearly notices (部分节假日安排的通知) say.
//
// The days from 2004 to 2026 are in days.txt, made by tools/refdata from chinese-days 1.5.7 (MIT). Outside those years
// there is no notice to go by and only Saturdays and Sundays count as days off.
//
// A day is a time.Time of which only the calendar date as written in its own location counts; results are midnight UTC.
package workday
