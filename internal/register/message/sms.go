package message

import (
	"time"
	"unicode/utf16"

	"jiuye/internal/engine/workday"
)

// A text message in Chinese is coded in UCS-2 (GSM 03.38, 3GPP TS 23.040): 70 units in one part, 67 in each of several.
const (
	onePart  = 70
	eachPart = 67
)

// signature goes before every SMS, goodbye behind those that can be unsubscribed from (通信短信息服务管理规定第二十条).
const (
	signature = "【就业通】"
	goodbye   = "拒收请回复R"
)

func smsText(text string, canLeave bool) string {
	text = signature + text
	if canLeave {
		text += goodbye
	}
	return text
}

// letters is how long a text is for a telephone.
func letters(text string) int { return len(utf16.Encode([]rune(text))) }

// parts is in how many parts it is sent.
func parts(text string) int {
	n := letters(text)
	if n <= onePart {
		return 1
	}
	return (n + eachPart - 1) / eachPart
}

// Quiet hours: nothing rings between quietFrom and quietUntil, and no SMS on days off.
const (
	quietFrom  = 22
	quietUntil = 8
)

// quiet says whether nothing goes out by a channel at an instant.
func quiet(channel string, at time.Time) bool {
	return at.Hour() >= quietFrom || at.Hour() < quietUntil || channel == SMS && !workday.IsWorkday(at)
}

// sending is the first instant from one on at which a channel is not quiet. The longest holiday has nine days.
func sending(channel string, at time.Time) time.Time {
	for quiet(channel, at) {
		y, m, d := at.Date()
		if at.Hour() >= quietUntil {
			d++
		}
		at = time.Date(y, m, d, quietUntil, 0, 0, 0, at.Location())
		if channel != SMS || workday.IsWorkday(at) {
			return at
		}
	}
	return at
}
