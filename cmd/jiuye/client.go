package main

import (
	"context"
	"fmt"
	"os/user"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"jiuye/internal/app"
	"jiuye/internal/ground/fault"
)

func clientCommand(conf *app.Config) *cobra.Command {
	cmd := &cobra.Command{Use: "client", Short: "管理部门接口的调用方和密钥", Example: "  jiuye client list\n  jiuye client add 阿拉善盟医疗保障局 --source 医保 --area 1529 --purpose linkage,delivery"}
	cmd.AddCommand(clientAdd(conf), clientList(conf), clientRotate(conf), clientDisable(conf))
	return cmd
}

func clientAdd(conf *app.Config) *cobra.Command {
	c := app.Client{}
	cmd := &cobra.Command{
		Use:     "add 名称",
		Short:   "新建调用方，密钥只显示这一次",
		Example: "  jiuye client add 阿拉善盟医疗保障局 --source 医保 --area 1529 --purpose linkage,delivery",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c.Name = args[0]
			return withClients(cmd.Context(), *conf, func(s *app.Clients, by string) error {
				made, key, err := s.Add(cmd.Context(), c, by)
				if err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "已新建 %s，编号 %d，地区 %s\n密钥（只显示这一次，请当面交给对方）：%s\n", made.Name, made.ID, app.AreaName(made.Area), key)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&c.Source, "source", "", "部门，与数据来源同名，例如 医保")
	cmd.Flags().StringVar(&c.Area, "area", "", "地区代码，只告知这个地区内的人")
	cmd.Flags().StringSliceVar(&c.Purposes, "purpose", nil, "用途，可写几个：delivery、linkage、verification、service、statistics")
	cmd.Flags().IntVar(&c.PerMinute, "per-minute", 0, "每分钟最多调用次数，不写为 600")
	return cmd
}

func clientList(conf *app.Config) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "列出调用方",
		Example: "  jiuye client list",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withClients(cmd.Context(), *conf, func(s *app.Clients, _ string) error {
				list, err := s.List(cmd.Context())
				if err != nil {
					return err
				}
				w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
				for _, c := range list {
					fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t每分钟 %d 次\t密钥 %s\t%s\n", c.ID, c.Name, c.Source, app.AreaName(c.Area), purposes(c), c.PerMinute,
						c.RotatedAt.Format(time.DateOnly), map[bool]string{true: "已停用", false: "可用"}[c.Disabled])
				}
				fmt.Fprintf(w, "共 %d 个\n", len(list))
				return w.Flush()
			})
		},
	}
}

func clientRotate(conf *app.Config) *cobra.Command {
	return &cobra.Command{
		Use:     "rotate 编号",
		Short:   "换一把密钥，原来的再用 24 小时",
		Example: "  jiuye client rotate 912125567266980917",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withClient(cmd.Context(), *conf, args[0], func(s *app.Clients, id int64, by string) error {
				c, key, err := s.Rotate(cmd.Context(), id, by)
				if err == nil {
					fmt.Fprintf(cmd.OutOrStdout(), "%s 的新密钥（只显示这一次）：%s\n原来的密钥 24 小时后失效\n", c.Name, key)
				}
				return err
			})
		},
	}
}

func clientDisable(conf *app.Config) *cobra.Command {
	var back bool
	cmd := &cobra.Command{
		Use:     "disable 编号",
		Short:   "停用调用方，立即生效",
		Example: "  jiuye client disable 912125567266980917\n  jiuye client disable 912125567266980917 --undo",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withClient(cmd.Context(), *conf, args[0], func(s *app.Clients, id int64, by string) error {
				c, err := s.SetDisabled(cmd.Context(), id, !back, by)
				if err == nil {
					fmt.Fprintf(cmd.OutOrStdout(), "%s 已%s\n", c.Name, map[bool]string{true: "恢复", false: "停用"}[back])
				}
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&back, "undo", false, "恢复已停用的调用方")
	return cmd
}

func purposes(c app.Client) string {
	list := make([]string, len(c.Purposes))
	for i, p := range c.Purposes {
		list[i] = app.PurposeName(p)
	}
	return strings.Join(list, "、")
}

// withClients opens the house; by is who sits at the machine, for the audit log.
func withClients(ctx context.Context, conf app.Config, work func(s *app.Clients, by string) error) error {
	a, err := app.Open(ctx, conf)
	if err != nil {
		return err
	}
	defer a.Close()
	by := "命令行"
	if u, err := user.Current(); err == nil {
		by = u.Username + "（命令行）"
	}
	return work(a.Clients, by)
}

func withClient(ctx context.Context, conf app.Config, number string, work func(s *app.Clients, id int64, by string) error) error {
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "编号应为数字，见 jiuye client list 的第一列")
	}
	return withClients(ctx, conf, func(s *app.Clients, by string) error { return work(s, id, by) })
}
