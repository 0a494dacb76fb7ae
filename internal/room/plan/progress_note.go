package plan

import (
	"context"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

// TaskState is how far an area is with a task. Version 0 means that nothing has been noted.
type TaskState struct {
	Area, Task string
	Status     TaskStatus
	At         int64 // unix ms
	ByName     string
	Version    int64
}

// TaskNote is one line of a task's log.
type TaskNote struct {
	ID     int64
	Area   string
	Task   string
	Status TaskStatus // what it was set to
	Text   string
	ByID   int64
	ByName string
	At     int64 // unix ms
}

// Note writes a line into a task's log and sets its status, once for each key. Faults: Denied outside of the user's area,
// NotFound for an unknown task, Conflict when somebody has written since version.
func (r *Room) Note(ctx context.Context, who web.User, key string, n TaskNote, version int64) error {
	if err := canWrite(who, n.Area); err != nil {
		return err
	}
	task, err := r.task(ctx, n.Task)
	if err != nil {
		return err
	}
	n.ID, n.ByID, n.ByName, n.At = r.IDs.Next(), who.ID, who.Name, r.Clock.Now().UnixMilli()
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		state := TaskState{Area: n.Area, Task: n.Task, Status: n.Status, At: n.At, ByName: n.ByName, Version: version}
		if err := r.store.saveTask(ctx, tx, state, n); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: actor(who), Act: "plan.note", Object: "task", ObjectID: n.ID, Area: n.Area,
			What: "登记任务“" + task.Title + "”的进展"})
	})
}

// states are an area's tasks by key; a task nobody has written about is waiting.
func (r *Room) states(ctx context.Context, tasks []Task, area string) (map[string]TaskState, error) {
	list, err := r.store.tasks(ctx, area)
	out := make(map[string]TaskState, len(tasks))
	for _, t := range tasks {
		out[t.Key] = TaskState{Area: area, Task: t.Key, Status: Waiting}
	}
	for _, s := range list {
		out[s.Task] = s
	}
	return out, err
}

// task is the task with a key; NotFound where there is none.
func (r *Room) task(ctx context.Context, key string) (Task, error) {
	list, err := r.Indicators.Tasks(ctx, actionPlan)
	for _, t := range list {
		if t.Key == key {
			return t, nil
		}
	}
	if err == nil {
		err = fault.New(fault.NotFound, "没有这项任务，请从任务清单进入")
	}
	return Task{}, err
}
