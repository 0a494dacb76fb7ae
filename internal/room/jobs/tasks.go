package jobs

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/queue"
	"jiuye/internal/register/area"
)

const (
	kindMatch       = "jobs.match"        // recommends vacancies to everybody: deals out the leagues
	kindMatchLeague = "jobs.match.league" // one league of it, by whichever process is free
	kindSilence     = "jobs.silence"      // closes what nobody answers, reminds employers
	kindNew         = "jobs.new"          // tells people what is new in their saved searches
)

// leagueWork is what a league's job is told.
type leagueWork struct {
	Run    Run    `json:"run"`
	League string `json:"league"`
}

// Tasks registers the room's background work: recommendations are renewed every night at three.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(kindMatch, func(ctx context.Context, job *queue.Running) error { return r.dealMatch(ctx, q, job) })
	q.Handle(kindMatchLeague, r.matchOne)
	q.Every(kindMatch, "nightly", queue.Daily(3*time.Hour))
	q.Handle(kindSilence, func(ctx context.Context, job *queue.Running) error {
		sum, err := r.AnswerSilence(ctx)
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("到期没有答复的应聘关闭 %d 件，提醒用人单位 %d 次", sum.Closed, sum.Reminded), sum)
	})
	q.Every(kindSilence, "daily", queue.Daily(8*time.Hour+10*time.Minute))
	q.Handle(kindNew, func(ctx context.Context, job *queue.Running) error {
		n, err := r.TellNew(ctx)
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("新岗位提醒 %d 条", n), n)
	})
	q.Every(kindNew, "daily", queue.Daily(8*time.Hour+20*time.Minute))
	r.publishTasks(q)
}

// dealMatch begins a run and gives each league to the queue. The jobs exist when this one is done, or not at all.
func (r *Room) dealMatch(ctx context.Context, q *queue.Queue, job *queue.Running) error {
	run, err := r.BeginMatch(ctx)
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		for _, league := range area.Children("15") {
			if _, err := q.Enqueue(ctx, tx, queue.Job{Kind: kindMatchLeague, Key: fmt.Sprintf("%d-%s", run.ID, league.Code), Payload: leagueWork{run, league.Code}}); err != nil {
				return err
			}
		}
		if err := job.Report("推荐岗位：已按盟市分开", nil); err != nil {
			return err
		}
		return job.Complete(ctx, tx)
	})
}

// matchOne does a league and, when it was the last one, ends the run.
func (r *Room) matchOne(ctx context.Context, job *queue.Running) error {
	var w leagueWork
	if err := job.Payload(&w); err != nil {
		return err
	}
	if err := r.MatchLeague(ctx, job.Progress(), w.Run, w.League); err != nil {
		return err
	}
	sum, whole, err := r.EndMatch(ctx, w.Run)
	if err != nil {
		return err
	}
	if !whole {
		return job.Report("推荐岗位 "+area.Name(w.League), nil)
	}
	return job.Report(fmt.Sprintf("为 %d 名登记失业人员推荐了岗位，共 %d 条", sum.Matched, sum.Pairs), sum)
}
