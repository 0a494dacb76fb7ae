package policy

import (
	"fmt"
	"net/url"
)

func versionHref(policy string, n int64) string {
	return fmt.Sprintf("%s/version?id=%s&v=%d", atHome, url.QueryEscape(policy), n)
}

func editHref(policy string, n int64) string {
	return fmt.Sprintf("%s/edit?id=%s&v=%d", atHome, url.QueryEscape(policy), n)
}

func historyHref(policy string) string { return atHome + "/versions?id=" + url.QueryEscape(policy) }

func parameterHref(name string) string { return atHome + "/parameter?name=" + url.QueryEscape(name) }
