// Package lang holds every text a person reads, in Chinese and in English, and writes numbers, money and dates as people expect them.
//
// Each room carries words.zh.json and words.en.json: flat objects of key → text. A text has places for its arguments written
// {0}, {1}, …, so that a translation may put them in another order:
//
//	"jobs.left": "剩 {0} 个工作日"        "jobs.left": "{0} working days left"
//
// Numbers that need thousands separators are formatted before (lang.Int). A brace that is not {digits} stands for itself.
package lang
