// Command jiuye (就业通) is the whole platform in one file: it serves the pages, works in the background, imports
// departments' files, and makes a demonstration.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"jiuye/internal/app"
	"jiuye/internal/ground/fault"
)

// commands is everything jiuye can do, in the order of its help; each has a file of its own.
var commands = []func(*app.Config) *cobra.Command{
	serveCommand, workCommand, demoCommand, generateCommand, importCommand, jobsCommand, exportCommand, linkCommand, policyCommand, occupationCommand, planCommand, benchCommand, auditCommand, clientCommand, queueCommand, roomsCommand, configCommand, versionCommand,
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := newRoot().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "错误："+explain(err))
		os.Exit(1)
	}
}

// explain is the sentence for the person; an error that is no fault is shown as it is, for there is no log to look in.
func explain(err error) string {
	if fault.KindOf(err) == fault.Internal {
		return err.Error()
	}
	return fault.TextOf(err)
}

func newRoot() *cobra.Command {
	conf := &app.Config{}
	var file string
	root := &cobra.Command{
		Use:   "jiuye",
		Short: "就业通：公共就业服务平台",
		Long: `就业通：部门数据汇成一个实名库，库里看出谁需要帮扶、哪些政策找到哪些人，
推荐岗位，跟踪到参保就业，并由同一份数据得出规划指标。

参数先后：命令行优先于环境变量，环境变量优先于配置文件（jiuye.yaml），都没有就用默认值。`,
		Example: `  jiuye demo            造一份阿拉善盟的演示数据，走完全过程
  jiuye serve           打开 http://localhost:8080
  jiuye import 文件夹    导入各部门的表格
  jiuye config          看现在用的参数`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fault.New(fault.Invalid, "没有命令 %s，可用的命令见 jiuye --help", args[0])
			}
			return cmd.Help()
		},
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			flags := *conf // what the command line said
			*conf = app.Config{}
			if err := conf.Read(file, os.LookupEnv); err != nil {
				return err
			}
			for _, s := range app.Settings {
				if f := cmd.Flags().Lookup(s.Name); f != nil && f.Changed {
					if err := s.Set(conf, s.Raw(&flags)); err != nil {
						return err
					}
				}
			}
			conf.Fill()
			return nil
		},
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fault.Wrap(fault.Invalid, err, "参数写得不对（"+err.Error()+"），用法见 "+cmd.CommandPath()+" --help")
	})
	root.PersistentFlags().StringVar(&file, "config", "", "配置文件（yaml）；不写时用当前文件夹的 jiuye.yaml")
	for _, s := range app.Settings {
		switch p := s.Value(conf).(type) {
		case *string:
			root.PersistentFlags().StringVar(p, s.Name, "", s.Zh)
		case *int:
			root.PersistentFlags().IntVar(p, s.Name, 0, s.Zh)
		case *bool:
			root.PersistentFlags().BoolVar(p, s.Name, false, s.Zh)
		}
	}
	for _, make := range commands {
		root.AddCommand(make(conf))
	}
	return root
}
