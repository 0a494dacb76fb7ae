package intake

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"jiuye/internal/ground/fault"
)

// Problem is what a program gets instead of an answer (RFC 9457).
type Problem struct {
	Type   string         `json:"type"`
	Title  string         `json:"title"`
	Status int            `json:"status"`
	Detail string         `json:"detail" doc:"哪里、为什么、怎么改"`
	Errors []ProblemPlace `json:"errors,omitempty"`
}

// ProblemPlace is one wrong value of a request; the value itself is not repeated.
type ProblemPlace struct {
	Location string `json:"location" example:"body.records[3].ref"`
	Message  string `json:"message"`
}

// Error implements error.
func (p *Problem) Error() string { return p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

var statusTitles = map[int]string{400: "请求读不出来", 401: "没有认出调用方", 403: "不能办理", 404: "没有找到", 409: "已经变化", 413: "内容太大", 415: "格式不对",
	422: "内容有误", 429: "调用太快", 500: "系统出了问题", 503: "暂时不能办理"}

var kindStatus = map[fault.Kind]int{fault.NotFound: 404, fault.Invalid: 422, fault.Conflict: 409, fault.Denied: 403, fault.Late: 409, fault.Repeat: 409,
	fault.TooLarge: 413, fault.Unavailable: 503, fault.Internal: 500}

// problem turns a fault into the answer.
func problem(err error) error {
	if err == nil {
		return nil
	}
	kind := fault.KindOf(err)
	if errors.Is(err, context.DeadlineExceeded) {
		return huma.NewError(http.StatusServiceUnavailable, "这次没有在时限内办完，请稍后再试，或把一次的条数减少")
	}
	return huma.NewError(kindStatus[kind], fault.TextOf(err))
}

// The few sentences that huma has no variable for.
var humaSays = strings.NewReplacer(
	"validation failed", "请求的内容不符合约定，见 errors 逐条说明",
	"unexpected end of JSON input", "正文到一半就断了，不是完整的 JSON",
	"request body is required", "正文是空的，请按约定送 JSON",
	"request body is too large limit=4194304 bytes", "正文超过 4 MB，请分几次送",
	"request body too large limit=4194304 bytes", "正文超过 4 MB，请分几次送",
	"required query parameter is missing", "缺少这个参数",
	"required header parameter is missing", "缺少这个请求头",
	"unknown content type", "不认识的格式，请用 application/json",
	"invalid integer", "应为整数",
	"unexpected error occurred", "系统出了问题，已记录。请稍后再试；仍不行请联系管理员",
)

// speakChinese makes huma answer as the house does. Its hooks are package variables, so it is done once.
var speakChinese = sync.OnceFunc(func() {
	huma.NewError = func(status int, text string, errs ...error) huma.StatusError {
		p := &Problem{Type: "about:blank", Title: statusTitles[status], Status: status, Detail: humaSays.Replace(text)}
		for _, err := range errs {
			if err == nil {
				continue
			}
			place := ProblemPlace{Message: err.Error()}
			if d, ok := err.(huma.ErrorDetailer); ok {
				place = ProblemPlace{d.ErrorDetail().Location, d.ErrorDetail().Message}
			}
			if place.Message = humaSays.Replace(place.Message); strings.HasPrefix(place.Message, "invalid character") {
				place.Message = "不是正确的 JSON（" + place.Message + "）"
			}
			p.Errors = append(p.Errors, place)
		}
		if status >= 500 {
			p.Errors = nil // our own inside is for the log
		}
		return p
	}
	for to, text := range map[*string]string{
		&validation.MsgUnexpectedProperty: "没有约定这一项", &validation.MsgExpectedNumber: "应为数字", &validation.MsgExpectedInteger: "应为整数",
		&validation.MsgExpectedString: "应为文字", &validation.MsgExpectedArray: "应为数组", &validation.MsgExpectedObject: "应为对象", &validation.MsgExpectedBoolean: "应为 true 或 false",
		&validation.MsgExpectedOneOf: "应为其中之一：\"%s\"", &validation.MsgExpectedMinimumNumber: "应不小于 %v", &validation.MsgExpectedMaximumNumber: "应不大于 %v",
		&validation.MsgExpectedMinLength: "至少 %d 个字", &validation.MsgExpectedMaxLength: "最多 %d 个字", &validation.MsgExpectedMinItems: "至少 %d 条",
		&validation.MsgExpectedMaxItems: "一次最多 %d 条，请分几次送", &validation.MsgExpectedRequiredProperty: "缺少 %s", &validation.MsgExpectedMatchPattern: "应符合 %s",
	} {
		*to = text
	}
})
