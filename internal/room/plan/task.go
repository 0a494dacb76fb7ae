package plan

import (
	"time"

	"jiuye/internal/register/indicator"
)

// Task is one duty of a plan document; the pages follow the region's 就业促进行动实施方案 (document 002).
type Task = indicator.Task

// actionPlan is the document whose tasks the pages follow.
const actionPlan = "002"

// TaskStatus says how far an area is with a task.
type TaskStatus string

// The statuses: 未开始, 进行中, 完成.
const (
	Waiting TaskStatus = "waiting"
	Running TaskStatus = "running"
	Done    TaskStatus = "done"
)

// TaskStatuses are all of them in their order.
var TaskStatuses = []TaskStatus{Waiting, Running, Done}

// overdue says whether a task's dated deadline has passed and it is not done.
func overdue(t Task, status TaskStatus, today time.Time) bool { return status != Done && t.Late(today) }
