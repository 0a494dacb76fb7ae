// Package allocate deals recommendations out over vacancies, so that people are not all sent to the same few.
//
// A Market holds who may be sent where: for each seeker a short list of vacancies, each with the chance of being hired
// when an opening is still there and the benefit of that. Auction finds the recommendations whose weighted expected
// benefit is largest while no vacancy gets more than its invitations and no seeker more than asked for; its Solution
// carries a proven upper bound of what any allocation could reach, so its quality is known without an exact solver.
//
// Congestion is priced: the k-th person sent to a vacancy pays for the chance that its openings are gone by then
// (crowding), and a person's s-th recommendation for the chance that an earlier one has already brought a job. Both
// charges grow with each further one, which keeps the problem one of assignment.
//
//	b := allocate.NewMarket(vacancies)
//	for … { err := b.Add(allocate.Seeker{ID: id, Weight: 1.5}, candidates) }
//	m, err := b.Build()
//	s, err := allocate.Auction(m, allocate.Options{Recommendations: 10, Invitations: 15, Congestion: 1, First: 1})
//	for i, seeker := range m.Seekers() { for _, p := range s.Of(i) { … seeker.ID, p.ID … } }
//
// Stable serves dispatch of labour and public posts, where nobody may have a reason to complain: deferred acceptance
// (Gale and Shapley, 1962) with capacities and reserved openings. BlockingPairs counts the complaints there could be.
//
// Residual says who got nothing and which openings stay open, by any two attributes: training needs are read from it.
// Exposure records how probable it was that something was shown; without that no later comparison is unbiased.
//
// The order in which seekers and vacancies are added changes nothing. The package is pure: no database, request or clock.
package allocate
