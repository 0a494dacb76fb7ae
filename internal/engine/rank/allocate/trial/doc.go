// Package trial tries ways of recommending work on a made-up labour market, week by week, where everything is known that
// a real one hides: who fits where, and who would have been hired. It is a model, and its figures compare policies with
// one another; they do not foretell hires.
//
// What is assumed:
//
//   - Trades come in families of five; some have more seekers than openings and some fewer. A seeker's trade and banner
//     and a vacancy's trade, banner, pay and openings are drawn once per seed. Most vacancies have one opening, 60 % are
//     open in the first week, the rest appear evenly over the weeks.
//   - Fit is latent: nearness of trade, the seeker's quality and a part of the pair's own. An employer would hire whoever's
//     fit is above a line that is the same everywhere. Policies see an estimate of the chance of being above that line,
//     from nearness, half the quality and a part of the pair's own blurred by noise of the same size.
//   - Benefit of a hire to the seeker is known: pay, distance, nearness of trade and a taste of the pair's own. It is one on
//     an ordinary match. A fifth of seekers belong to a key group, whose benefit counts half as much again.
//   - A candidate list has the seeker's best vacancies by estimated chance × benefit that are open and that the seeker has
//     not tried. Every policy gets the same lists' rule, the same number of recommendations, and nothing else.
//     The chance that it gets counts that only 0.22 of recommendations are applied to, as everybody could count.
//   - Behaviour: a recommendation is applied to with probability 0.3 × benefit (at most 1), times 0.85 for each place down
//     the list. Besides, three seekers in ten find one vacancy by themselves, the better paid the likelier.
//   - Employers look at ten applications an opening, drawn by lot, and offer their openings to the fittest above the line.
//     A seeker takes the offer with the most benefit and leaves the market; refused offers lapse for that week. Whoever is
//     not hired is not tried with that employer again.
//   - Luck is the same for every policy: whether a seeker applies to a vacancy in a week depends on the seed, the week and
//     the pair. So policies are compared in pairs, seed by seed.
//
// What is not modelled: people who stop searching, wages that answer to shortage, employers who change what they ask, and
// learning from rounds before.
package trial
