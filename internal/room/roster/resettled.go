package roster

import (
	"context"
	"strings"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/dictionary"
)

// resettled are the codes of the areas that are set to be resettlement areas.
func (r *Room) resettled(ctx context.Context) ([]string, error) {
	text, err := db.Setting(ctx, r.DB, dictionary.SettingResettled)
	return strings.Fields(text), err
}

// setResettled sets a league's (or the region's) resettlement areas; those elsewhere stay. The lists follow at the next
// drawing.
func (r *Room) setResettled(ctx context.Context, who web.User, codes []string, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		text, err := db.Setting(ctx, tx, dictionary.SettingResettled)
		if err != nil {
			return err
		}
		for _, code := range strings.Fields(text) {
			if !area.Within(code, who.Area) {
				codes = append(codes, code)
			}
		}
		if err := tx.SetSetting(ctx, dictionary.SettingResettled, strings.Join(codes, " ")); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "roster.areas", Object: "area", Area: who.Area, What: "设置了易地搬迁安置区：" + strings.Join(codes, "、")})
	})
}

// splitCodes reads area codes separated by anything; wrong is the first that is none.
func splitCodes(text string) (codes []string, wrong string) {
	for _, code := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \r\n\t,，、;；", r) }) {
		if !area.Exists(code) {
			return nil, code
		}
		codes = append(codes, code)
	}
	return codes, ""
}

func joinLines(list []string) string { return strings.Join(list, "\n") }
