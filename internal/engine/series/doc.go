// Package series forecasts a series of numbers: its expected course, an interval, and simulated futures. Sources: the theta method
// of Assimakopoulos & Nikolopoulos (2000), International Journal of Forecasting 16, 521–530, in the form of Hyndman & Billah (2003)
// as the R package forecast has it in thetaf (seasonal test at 90 % by autocorrelation, classical multiplicative decomposition,
// simple exponential smoothing with half the slope of the line through the series as its drift). Counts of people in several areas
// are fitted together; Counts names its sources.
//
//	theta.go     Theta
//	naive.go     Naive, SeasonalNaive: what every forecast has to beat
//	best.go      Best: the one of them that erred least in the past
//	smooth.go    simple exponential smoothing with the best weight and start
//	season.go    the seasonal test and the seasonal factors
//	gaps.go      missing values (NaN)
//	counts.go    Counts: people counted in several areas, whose levels wander
//	shares.go    how a year's counts fall on its months
//	normal.go    quantiles
//	draw.go      random numbers
//
// Values stand in the order of time at even steps; season is how many steps make a year (12, 4; 1 for none). A series that was
// never below zero is not forecast below zero. The same input and seed give the same result. The package knows no clock.
package series
