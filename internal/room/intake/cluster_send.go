package intake

import (
	"context"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
)

// clusterTask is the kind of tasks by which a township is asked about a cluster.
const clusterTask = "intake.cluster"

// taskDays is the deadline that the desk offers, in working days.
const taskDays = 5

// handleTasks names the desk's tasks to the register of assignments.
func (r *Room) handleTasks() {
	if r.Assignments == nil {
		return
	}
	r.Assignments.Handle(assignment.Kind{Code: clusterTask, Zh: "疑似同一人上门核实", En: "Visit: is it the same person",
		Results: []assignment.Result{{Code: "same", Zh: "是同一人", En: "The same person"}, {Code: "other", Zh: "不是同一人", En: "Somebody else"}, {Code: "cannot", Zh: "查不清", En: "Could not be found out"}},
		Told:    r.told})
}

// sendDown asks the place below about a cluster.
func (r *Room) sendDown(ctx context.Context, tx *db.Tx, who Actor, c *Cluster, d ClusterDecision) error {
	if r.Assignments == nil {
		return fault.New(fault.Unavailable, "交办还没有开通，请联系管理员")
	}
	if !area.Exists(d.SendTo) || !area.Within(d.SendTo, who.Area) || d.SendTo == who.Area {
		return fault.New(fault.Invalid, "请选择下级地区，再交其核实")
	}
	name, role, _ := strings.Cut(strings.TrimSuffix(who.Name, "）"), "（")
	id, err := r.Assignments.Give(ctx, tx, assignment.Task{Kind: clusterTask, Object: "cluster", ObjectID: c.ID, PersonID: c.PersonID, From: who.Area, To: d.SendTo,
		Title: "上门核实：" + itoa(c.Rows+int64(b2one(c.PersonID != 0))) + " 条记录是不是同一个人", Body: d.Reason, Href: clusterHref(c.ID), WorkDays: d.WorkDays,
		By: web.User{ID: who.ID, Name: name, RoleName: role, Area: who.Area, AreaName: who.AreaName}})
	c.SentTo, c.TaskID, c.Answer = d.SendTo, id, ""
	return err
}

func b2one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func clusterHref(id int64) string { return "/intake/cluster/" + itoa(id) }

// told brings the township's answer back to the desk, before all others.
func (r *Room) told(ctx context.Context, tx *db.Tx, a assignment.Answer) error {
	c, err := findCluster(ctx, tx, a.ObjectID)
	if fault.Is(err, fault.NotFound) || err == nil && c.State != ClusterSent {
		return nil // decided meanwhile
	} else if err != nil {
		return err
	}
	said := map[string]string{"same": "是同一人", "other": "不是同一人", "cannot": "查不清"}[a.Result]
	c.State, c.Answer, c.Benefit = ClusterOpen, area.Name(c.SentTo)+"答复：“"+said+"”。"+a.Text, c.Benefit+answerBonus
	return setCluster(ctx, tx, &c)
}

// answerBonus puts clusters about which somebody has just been asked and has answered first.
const answerBonus = 1_000_000

// callOff takes back a task whose cluster is decided, or has nothing to decide any more, before an answer has come.
func (r *Room) callOff(ctx context.Context, tx *db.Tx, c *Cluster, why string) error {
	if c.TaskID == 0 || c.Answer != "" || r.Assignments == nil {
		return nil
	}
	return r.Assignments.Cancel(ctx, tx, clusterTask, "cluster", c.ID, why)
}
