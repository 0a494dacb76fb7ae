package web

// The types below are what the partials take; each name is that of its partial.

// Step is one step of "steps".
type Step struct {
	Text, Note    string
	Done, Current bool
}

// Progress is a running piece of work for "progress". It refreshes itself with script and by a link without.
type Progress struct {
	ID      string // element id, "" for "progress"
	Text    string // "正在计算 23,140 人，已算 61%"
	Percent int    // 0 to 100
	Left    string // "约还需 8 秒，可以离开本页"
	Href    string // this page's address, to look again
	Done    bool
}

// Event is one line of "timeline", newest first.
type Event struct {
	When, ISO  string
	Text, Note string
	Href       string
	Next       bool // still to come
}

// Pair is one line of "kv", and of "summary", where Href leads to where it is changed.
type Pair struct{ Key, Value, Note, Href string }

// Reason is one line of "why": Kind "yes", "near", "no" or "ask", and the sentence.
type Reason struct{ Kind, Text, Note string }

// Figure is one key number of "figures"; Kind "ok", "warn" or "stop" only when it is a state of work.
type Figure struct{ Label, Value, Unit, Kind, Href string }

// Tab is one choice of "seg" or "chips".
type Tab struct {
	Text, Href string
	Current    bool
}

// Deadline is a date told in working days, for "deadline".
type Deadline struct {
	Text, Left, Note, Href string // "王＊＊ 家庭，吉兰泰镇", "剩 5 个工作日", "9月30日到期"
	Used, Total            int    // working days
	Urgent                 bool
}
