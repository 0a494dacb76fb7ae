package app

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/message"
)

// messageTo puts a message into a person's box, and returns its number.
func messageTo(t *testing.T, a *App, person int64) int64 {
	t.Helper()
	var sent message.Sent
	if err := a.DB.Tx(context.Background(), func(tx *db.Tx) (err error) {
		sent, err = a.Messages.Send(context.Background(), tx, message.Message{Kind: workKind, To: message.To{PersonID: person}, About: "test", Title: message.Text{Zh: "测试"}, Href: "/account"})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return sent.ID
}

// What waits is told once a day, with how much of what, and only to whom something waits for.
func TestInTheMorningOfficersAreToldWhatWaits(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	if err := w.app.DB.Tx(ctx, func(tx *db.Tx) error { // the demonstration's own morning
		_, err := tx.Exec(ctx, `DELETE FROM message_item WHERE kind = $1`, workKind)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	n, err := w.app.Morning(ctx)
	if err != nil || n == 0 {
		t.Fatal(n, err)
	}
	if again, err := w.app.Morning(ctx); again != 0 || err != nil {
		t.Errorf("twice on a day: %d, %v", again, err)
	}
	manager := web.User{ID: value[int64](t, w.app, `SELECT account_id FROM account WHERE login = 'mengshi' ORDER BY 1`), Role: account.Manager, Area: demoLeague}
	waits, err := w.app.Approvals.WaitingFor(ctx, manager)
	if err != nil || waits == 0 {
		t.Fatal("nothing waits for the league", err)
	}
	list, err := w.app.Messages.Box(ctx, manager, true, 0, 0, 10)
	if err != nil || len(list) != 1 || !strings.Contains(list[0].Body.Zh, fmt.Sprintf("待审批 %d 件", waits)) || list[0].Href == "" {
		t.Errorf("the league is told %+v, %v", list, err)
	}
	nobody := web.User{ID: value[int64](t, w.app, `SELECT account_id FROM account WHERE login = 'hohhot' ORDER BY 1`)}
	if list, err := w.app.Messages.Box(ctx, nobody, true, 0, 0, 10); err != nil || len(list) != 0 {
		t.Errorf("who has nothing waiting is told %+v, %v", list, err)
	}
}
