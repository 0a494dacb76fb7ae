package benchrun

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"jiuye/internal/ground/fault"
	"jiuye/internal/room/plan"
)

// Outlook prints how good the outlook's forecasts of the last four years' ends were on the data of a room, made again in March, July and
// November for every area that is forecast for. Faults: NotFound before the first count.
func Outlook(ctx context.Context, room *plan.Room, w io.Writer, asJSON bool) error {
	list, err := room.Coverage(ctx)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return fault.New(fault.NotFound, "这个数据文件夹还没有统计过指标，或者往年的数据太少，没有可以对照的预测。请先运行 jiuye demo 或等夜间统计")
	}
	if asJSON {
		return json.NewEncoder(w).Encode(list)
	}
	fmt.Fprintf(w, "%8s %8s %8s %8s  %s\n", "预测", "区间内", "区间宽", "误差", "指标")
	all, inside := 0, 0
	for _, c := range list {
		fmt.Fprintf(w, "%10d %10.2f %11.2f %9.3f  %s\n", c.Forecasts, c.Share(), c.Width, c.Error, c.Indicator.Name)
		all, inside = all+c.Forecasts, inside+c.Inside
	}
	_, err = fmt.Fprintf(w, "%10d %10.2f  合计；区间应有 0.80\n", all, float64(inside)/float64(all))
	return err
}
