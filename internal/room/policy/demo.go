package policy

import (
	"context"
	"fmt"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
)

// Supposed is a parameter's value that the demonstration supposes.
type Supposed struct{ Name, Class, Value string }

// SeedParameters lets one manager set values for an area and another agree, from a day on. They say of themselves that they are the
// demonstration's and no policy's.
func (r *Room) SeedParameters(ctx context.Context, asks, agrees web.User, area string, from db.Date, list []Supposed) error {
	for i, v := range list {
		s := setting{Name: v.Name, Key: v.Class, Area: area, From: from, Value: v.Value, Source: "演示值，不是政策规定，正式使用前须由有权部门设定"}
		err := r.SetParameter(ctx, asks, s, fmt.Sprintf("demo-parameter-%s-%s", v.Name, v.Class))
		if fault.Is(err, fault.Repeat) {
			continue
		}
		if err != nil {
			return err
		}
		waiting, err := r.Approvals.List(ctx, approval.Filter{Kind: KindParameter, Area: area, ByID: asks.ID, States: []approval.State{approval.Waiting}}, 0, 1)
		if err != nil {
			return err
		}
		for _, it := range waiting {
			if err := r.Approvals.Decide(ctx, agrees, it.ID, it.Version, true, "演示值", fmt.Sprintf("demo-parameter-yes-%d", i)); err != nil {
				return err
			}
		}
	}
	return nil
}
