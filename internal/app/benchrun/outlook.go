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
// November for every area that is forecast for: intervals by indicator, and probabilities of reaching the year before's result, 5 % less and
// 5 % more. Faults: NotFound before the first count.
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
	all := plan.Together(list)
	fmt.Fprintf(w, "%6s %6s %6s %6s %6s %6s  %s\n", "预测", "区间内", "区间宽", "误差", "得分", "Brier", "指标")
	for _, c := range append(list, all) {
		name := c.Indicator.Name
		if name == "" {
			name = "合计；区间内应有 0.80，宽、误差、得分都是与实际之比，得分和 Brier 越小越好"
		}
		fmt.Fprintf(w, "%8d %9.2f %9.3f %8.3f %8.3f %8.3f  %s\n", c.Forecasts, c.Share(), c.Width, c.Error, c.Score, c.Brier, name)
	}
	fmt.Fprintf(w, "\n达到上年数、上年数的 95%%、上年数的 105%% 的把握，%d 次：\n%8s %8s %8s\n", all.Asked, "说的把握", "真的达到", "次数")
	for _, b := range all.Bins {
		if b.Asked > 0 {
			fmt.Fprintf(w, "%12.2f %12.2f %10d\n", b.Said, float64(b.Happened)/float64(b.Asked), b.Asked)
		}
	}
	return nil
}
