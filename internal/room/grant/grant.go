package grant

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/register/person"
)

// Beneficiary is whom support is for: a person, or an employer where Unit is true.
type Beneficiary struct {
	ID   int64
	Unit bool
}

// Origins of applications.
const (
	FromSelf   = "self"   // the beneficiary's own account
	FromWindow = "window" // written down by an officer
	FromAuto   = "auto"   // 免申即享
)

// Application is one request for support of one policy.
type Application struct {
	OwnerID, ID                         int64
	Unit                                bool
	PolicyID, PolicyName, PolicyVersion string
	From, To                            int   // months as 202501, both included; 0: once
	Amount, Granted, Paid               int64 // fen
	State                               State
	Area                                string
	Origin                              string
	FundID, BatchID, RequestID          int64
	TakenBy, CheckedBy, DecidedBy       int64
	SubmittedOn, Deadline, DecidedOn    db.Date
	PublicUntil, PaidOn                 db.Date
	CreatedAt                           time.Time
	Version                             int64

	Content
	accountHash, sealed []byte
}

// Content is what is sealed of an application.
type Content struct {
	Bank    string  `json:"bank"`
	Account string  `json:"account"`
	Holder  string  `json:"holder"`
	Note    string  `json:"note"`
	Checks  []Found `json:"checks,omitempty"`

	Plan []Period `json:"plan,omitempty"` // what each month pays; none: it is paid once
}

// Owner is the beneficiary.
func (a *Application) Owner() Beneficiary { return Beneficiary{a.OwnerID, a.Unit} }

// Facts are what is paid for, each at most once: months, or the one occasion.
func (a *Application) Facts() []string { return factsOf(a.From, a.To) }

// single is the fact of support that is given one time only.
const single = "once"

func factsOf(from, to int) []string {
	if from == 0 {
		return []string{single}
	}
	var list []string
	for m := from; m <= to; m = nextMonth(m) {
		list = append(list, strconv.Itoa(m))
	}
	return list
}

func nextMonth(m int) int {
	if m%100 == 12 {
		return m + 89
	}
	return m + 1
}

// Period says in words what the application is for.
func (a *Application) Period() string {
	if a.From == 0 {
		return "一次性"
	}
	return fmt.Sprintf("%d年%d月至%d年%d月", a.From/100, a.From%100, a.To/100, a.To%100)
}

// periodIn is the same in a reader's language.
func (a *Application) periodIn(language string) string {
	switch {
	case language != lang.English:
		return a.Period()
	case a.From == 0:
		return "Once"
	}
	return fmt.Sprintf("%d-%02d to %d-%02d", a.From/100, a.From%100, a.To/100, a.To%100)
}

// most is the longest period of one application, in months.
const most = 36

// months are what each month of a period pays.
func months(from, to int, fen int64) (list []Period) {
	for _, fact := range factsOf(from, to) {
		if fact != single {
			list = append(list, Period{ParseMonth(fact), fen})
		}
	}
	return list
}

// price takes over from an offer what each month pays, or the one amount. The policy's own schedule sets the months.
func (a *Application) price(o *Offer) {
	a.Plan, a.Amount = o.Schedule, o.AmountFen
	switch {
	case len(o.Schedule) > 0:
		a.From, a.To = o.Schedule[0].Month, o.Schedule[len(o.Schedule)-1].Month
	case o.Monthly() && a.From != 0:
		a.Plan = months(a.From, a.To, o.AmountFen)
		a.Amount *= int64(len(a.Plan))
	}
}

// checkPeriod says what is wrong with a period. today bounds it: support is paid for what has been.
func checkPeriod(monthly bool, from, to int, today time.Time) error {
	now := person.MonthOf(today)
	switch {
	case !monthly && (from != 0 || to != 0):
		return fault.New(fault.Invalid, "这项政策是一次性的，不用填起止月份")
	case !monthly:
		return nil
	case !month(from) || !month(to):
		return fault.New(fault.Invalid, "起止月份应写成 2025-01 的样子")
	case from > to:
		return fault.New(fault.Invalid, "开始月份晚于结束月份，请核对")
	case to > now:
		return fault.New(fault.Invalid, "结束月份还没有到，请填到 %d-%02d 为止", now/100, now%100)
	case person.MonthsBetween(from, to) > most:
		return fault.New(fault.Invalid, "一次最多申请 %d 个月，填的是 %d 个月，请分次申请", most, person.MonthsBetween(from, to))
	}
	return nil
}

func month(m int) bool { return m/100 >= 2000 && m/100 <= 2999 && m%100 >= 1 && m%100 <= 12 }

// ParseMonth reads 2025-01 or 202501; 0 when it is neither.
func ParseMonth(s string) int {
	n, err := strconv.Atoi(strings.Replace(strings.TrimSpace(s), "-", "", 1))
	if err != nil || !month(n) {
		return 0
	}
	return n
}

// CheckAccount says what is wrong with a bank account's number, and returns it without blanks. A card number of UnionPay (it
// begins with 62) has 16 to 19 digits and a check digit (GB/T 19584); passbooks and units' accounts have 8 to 30 digits.
func CheckAccount(typed string) (string, error) {
	var b strings.Builder
	for _, c := range typed {
		switch {
		case c >= '０' && c <= '９':
			c -= '０' - '0'
		case strings.ContainsRune(" 　-", c):
			continue
		}
		if c < '0' || c > '9' {
			return "", fault.New(fault.Invalid, "收款账号只能有数字，您填的有“%c”", c)
		}
		b.WriteRune(c)
	}
	n := b.String()
	switch {
	case len(n) < 8 || len(n) > 30:
		return "", fault.New(fault.Invalid, "收款账号应为 8 至 30 位，您填了 %d 位", len(n))
	case strings.HasPrefix(n, "62") && (len(n) < 16 || len(n) > 19):
		return "", fault.New(fault.Invalid, "62 开头的银行卡号应为 16 至 19 位，您填了 %d 位", len(n))
	case strings.HasPrefix(n, "62") && !luhn(n):
		return "", fault.New(fault.Invalid, "银行卡号的校验位不对，请对照卡面逐位核对")
	}
	return n, nil
}

// luhn tests the check digit of a card number (GB/T 15694.1 附录 B).
func luhn(n string) bool {
	sum := 0
	for i := range len(n) {
		d := int(n[len(n)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// MaskAccount shows the last four digits.
func MaskAccount(n string) string {
	if len(n) <= 4 {
		return n
	}
	return "**** " + n[len(n)-4:]
}
