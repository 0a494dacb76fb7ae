// Package demodata makes the tables that departments would deliver about made-up people (jiuye generate): the fourteen
// files of docs/architecture.md, in which the same people stand several times, with the errors of real files.
//
// Nothing in it is real except names of places. The names of people and firms come from this package's own lists.
//
// # How it holds to the plan's figures
//
// The plan's indicators, counted from the files as docs/architecture.md defines them, give the printed figures of
// document 001 (box 2) for 2020 and a made-up course for the other years, exactly for events and stocks and to a
// hundredth for rates. This works in a stream, in three steps:
//
//  1. Tracks. Every working life is the k-th of a track: "re-employed in 2020", "urban job throughout", "transferred in
//     2023 for one season". What happens when is drawn from (seed, track, k) alone, before anybody is known (calendar).
//     So all calendars can be counted without people, and the sizes of the remaining tracks follow from the figures:
//     fresh entrants from 城镇新增就业, lapsed registrations from the number of registered unemployed, lasting jobs from
//     the number of people at work (world.plan).
//  2. Classes. A first pass makes every household once and counts people by class: age band, registration, schooling,
//     sex, and whether others in the household are of working age. Each track takes its people from the classes that fit
//     it (allot).
//  3. Lots. The second pass makes the same households again. The i-th person of a class draws place (i·g + o) mod n, a
//     bijection of the class that spreads neighbours far apart; the place tells the track and k (lot). Smaller shares
//     (unpaid insurance, certificates, training, survey) are drawn within tracks the same way (pick).
//
// Memory holds the classes' counters, the counters of ID numbers by place and day of birth, and one small record for each
// employer; it does not grow with people otherwise.
package demodata
