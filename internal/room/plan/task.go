package plan

import (
	"sync"
	"time"
)

// Task is one duty of the region's 就业促进行动实施方案 (document 002).
type Task struct {
	No           string   `yaml:"no"`  // as the document numbers it
	Key          string   `yaml:"key"` // as in addresses; the number where it is one
	Title        string   `yaml:"title"`
	Summary      string   `yaml:"summary"` // in our words
	Lead         string   `yaml:"lead"`    // responsible unit; empty where the document names none
	Units        []string `yaml:"units"`
	Deliverables []string `yaml:"deliverables"`
	Deadline     string   `yaml:"deadline"` // as printed
	Due          string   `yaml:"due"`      // last day of a dated deadline, 2025-12-31
	Quote        string   `yaml:"quote"`
}

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

// PlanTasks are the 19 tasks and two guarantees in the document's order.
func PlanTasks() []Task { return planTasks() }

// FindTask is the task with a key.
func FindTask(key string) (Task, bool) {
	for _, t := range planTasks() {
		if t.Key == key {
			return t, true
		}
	}
	return Task{}, false
}

// Overdue says whether a task's dated deadline has passed and it is not done.
func (t Task) Overdue(status TaskStatus, today time.Time) bool {
	due, err := time.Parse(time.DateOnly, t.Due)
	return err == nil && status != Done && today.After(due)
}

var planTasks = sync.OnceValue(func() []Task {
	list := yamlFile[[]Task]("tasks.yaml")
	for i := range list {
		if list[i].Key == "" {
			list[i].Key = list[i].No
		}
	}
	return list
})
