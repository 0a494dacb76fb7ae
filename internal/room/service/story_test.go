package service

import (
	"context"
	"strings"
	"sync"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/person"
)

// told writes a story of Narangerel's and lets the league publish it; agreed are whose consent is on record.
func (w *world) told(agreed map[int64]bool, publish bool) Story {
	w.T.Helper()
	w.Agreed = func(_ context.Context, _ *db.Tx, _ web.User, personID int64) error {
		agreed[personID] = true
		return nil
	}
	id, err := w.Write(ctx, suriya, Story{Area: "152921", Sector: "craft", Title: "娜仁回来做驼绒", Founder: "娜仁", Body: "经过", PersonID: 1}, key())
	if err != nil {
		w.T.Fatal(err)
	}
	list, err := w.Approvals.List(ctx, approval.Filter{Kind: kindStory, Object: "story", ObjectID: id}, 0, 1)
	if err == nil && publish {
		err = w.Approvals.Decide(ctx, chief, list[0].ID, list[0].Version, true, "", key())
	}
	if err != nil {
		w.T.Fatal(err)
	}
	s, err := w.story(ctx, id)
	if err != nil {
		w.T.Fatal(err)
	}
	return s
}

func (w *world) isOff(id int64, why string) {
	w.T.Helper()
	s, err := w.story(ctx, id)
	if err != nil || s.State != Withdrawn || s.Founder+s.Body != "" || strings.Contains(s.Title, "娜仁") || s.Reason != why {
		w.T.Errorf("%+v %v", s, err)
	}
	if maySee(web.User{}, &s) == nil {
		w.T.Error("strangers still read it")
	}
	if n := w.count(`SELECT count(*) FROM approval_request WHERE state = 'waiting'`); n != 0 {
		w.T.Error("somebody may still approve it")
	}
}

func TestAStoryEndsWithTheConsentItRestsOn(t *testing.T) {
	for _, published := range []bool{true, false} {
		run(t, func(t *testing.T, w *world) {
			w.lives(1, "娜仁", "152921110001", "152921110001", person.Batch{})
			agreed := map[int64]bool{}
			s := w.told(agreed, published)
			if !agreed[1] {
				t.Error("nobody wrote down that she agreed")
			}
			w.Tx(func(tx *db.Tx) error { return w.ConsentWithdrawn(ctx, tx, web.User{ID: 15, PersonID: 1}, 1) })
			w.isOff(s.ID, "本人撤回同意")
			if n := w.count(`SELECT count(*) FROM audit_entry WHERE act = 'service.story' AND object = 'person' AND object_id = 1`); n != 1 {
				t.Errorf("%d lines of the log", n)
			}
			w.Tx(func(tx *db.Tx) error { return w.ConsentWithdrawn(ctx, tx, web.User{}, 1) }) // nothing is left to take off
		})
	}
}

func TestAnOfficerTakesAStoryOffAlone(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.lives(1, "娜仁", "152921110001", "152921110001", person.Batch{})
		s := w.told(map[int64]bool{}, true)
		if err := w.TakeOff(ctx, bold, s.ID, s.Version, "x", key()); !fault.Is(err, fault.Denied) {
			t.Errorf("another banner: %v", err)
		}
		if err := w.TakeOff(ctx, suriya, s.ID, s.Version-1, "x", key()); !fault.Is(err, fault.Conflict) {
			t.Errorf("an old page: %v", err)
		}
		if err := w.TakeOff(ctx, suriya, s.ID, s.Version, "来电撤回", key()); err != nil {
			t.Fatal(err)
		}
		w.isOff(s.ID, "来电撤回")
	})
}

func TestAStoryIsForgottenWithItsFounder(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.lives(1, "娜仁", "152921110001", "152921110001", person.Batch{})
		s := w.told(map[int64]bool{}, true)
		w.Tx(func(tx *db.Tx) error { return w.Forget(ctx, tx, []int64{1}) })
		w.isOff(s.ID, "档案已匿名化")
	})
}

func TestOfTwoCountersThatTakeInAnArchiveAtOnceOneIsToldWhereItIs(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.lives(1, "乌兰", "152921110001", "152923100001", person.Batch{})
		var all sync.WaitGroup
		errs := make([]error, 2)
		for i, once := range []string{key(), key()} {
			all.Add(1)
			who := []web.User{suriya, bold}[i]
			go func() {
				defer all.Done()
				_, errs[i] = w.TakeIn(ctx, who, Archive{PersonID: 1, Number: "A-1", CameOn: day("2025-09-01")}, once)
			}()
		}
		all.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("%v", errs)
		}
		for _, err := range errs {
			if err != nil && (!fault.Is(err, fault.Conflict) || !strings.Contains(fault.TextOf(err), "旗保管")) {
				t.Error(err)
			}
		}
	})
}
