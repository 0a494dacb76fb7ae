package main

import (
	"context"
	"fmt"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"jiuye/internal/app"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/queue"
)

// deadRows is how many dead jobs are listed.
const deadRows = 50

func queueCommand(conf *app.Config) *cobra.Command {
	cmd := &cobra.Command{Use: "queue", Short: "查看后台任务，重做办不成的", Example: "  jiuye queue dead\n  jiuye queue revive 任务编号"}
	dead := &cobra.Command{
		Use:     "dead",
		Short:   "列出试过多次仍办不成的后台任务和原因",
		Example: "  jiuye queue dead",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withQueue(cmd.Context(), *conf, func(a *app.App) error {
				list, err := a.Queue.List(cmd.Context(), queue.Dead, 0, deadRows)
				if err != nil {
					return err
				}
				w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
				for _, j := range list {
					fmt.Fprintf(w, "%d\t%s\t试过 %d 次\t%s\t%s\n", j.ID, j.Kind, j.Tries, j.Ended.Format(time.DateTime), j.Error)
				}
				fmt.Fprintf(w, "共列出 %d 项，最多列出最近 %d 项\n", len(list), deadRows)
				return w.Flush()
			})
		},
	}
	revive := &cobra.Command{
		Use:     "revive 任务编号",
		Short:   "让办不成的任务重新排队",
		Example: "  jiuye queue revive 912125567266980917",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return fault.Wrap(fault.Invalid, err, "任务编号应为数字，见 jiuye queue dead 的第一列")
			}
			return withQueue(cmd.Context(), *conf, func(a *app.App) error {
				err := a.DB.Tx(cmd.Context(), func(tx *db.Tx) error { return a.Queue.Revive(cmd.Context(), tx, id) })
				if err == nil {
					fmt.Fprintln(cmd.OutOrStdout(), "已重新排队，jiuye serve 或 jiuye work 运行时会办理")
				}
				return err
			})
		},
	}
	cmd.AddCommand(dead, revive)
	return cmd
}

func withQueue(ctx context.Context, conf app.Config, work func(*app.App) error) error {
	a, err := app.Open(ctx, conf)
	if err != nil {
		return err
	}
	defer a.Close()
	return work(a)
}
