// Package jobs is 就业对接: employers publish vacancies, people find what fits them and apply, officers refer people to
// open work. It serves S05, S06 and, thinly, S50 to S74 (“有活没人干”“有人没活干”两张清单、大数据匹配、就业内蒙古).
//
// # Recommending
//
// Match finds the open vacancies of a league with the highest expected benefit for each person registered unemployed there
// (engine/rank: hard conditions, then chance × benefit) and keeps the best ten with their reasons. A run is a job for each
// league; it goes on where it was stopped. The same best vacancy for everybody helps nobody, so the league's vacancies are
// dealt out by an auction (engine/rank/allocate; match_market.go) from everybody's best forty, at most fifteen people for an
// opening, key groups weighing more; a person's own best fill the list up to ten. What is left over by banner and
// occupation are needs of training (residual.go). A few people's first places are drawn at random, and it is noted with
// which probability whoever was shown what, so that policies can be compared later.
//
// # Applying
//
// An application is one row per person and vacancy that goes through declared states (state.go). An officer's referral
// waits for the person's yes; until then the employer sees nobody. Employers see recommended people without name, age
// and telephone; name and telephone appear once the person has applied, and each look is written to the log that the
// person can read.
//
// # Adverts
//
// A vacancy whose words discriminate is refused with the words and the article of law (engine/rank/advert; advert.go,
// check.go), and so is pay below the minimum wage of the day (floor.go). What the work may need (age, school …) or hardly
// anybody pays waits for an officer's answer and its reason (asked.go). A complaint takes an advert off (takeoff.go).
//
// # Looking
//
// One index a process (engine/rank/search) follows the register's feed of vacancies (search_index.go). The page says how
// words were understood and what leaving something out would bring; a known person's results stand in the order of their fit.
//
// # What follows an application
//
// Whoever is hired leaves their other applications, and the employers are told (application_follow.go). What nobody
// answers in time is closed (silence.go). Interviews have times to choose from (interview.go). People keep searches (saved.go)
// and say what they want (wish.go). The page works without a signal (phone.go). Programs read everything open (api.go).
//
// # Not here
//
// Fairs, gig work, dispatch of key enterprises, labour cooperation and market analysis are rooms of their own.
package jobs
