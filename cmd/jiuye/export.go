package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"jiuye/internal/app"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
)

func exportCommand(conf *app.Config) *cobra.Command {
	cmd := &cobra.Command{Use: "export", Short: "导出数据给别的工具分析", Example: "  jiuye export parquet --out 人口.parquet"}
	cmd.AddCommand(exportParquetCommand(conf))
	return cmd
}

func exportParquetCommand(conf *app.Config) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:     "parquet",
		Short:   "把人口列导出成 Parquet 文件，没有姓名和证件号，人用化名，地区到旗县，出生日期到月",
		Example: "  jiuye export parquet --out 人口.parquet",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := app.Open(cmd.Context(), *conf)
			if err != nil {
				return err
			}
			defer a.Close()
			f, err := os.Create(out)
			if err != nil {
				return fault.Wrap(fault.Invalid, err, "写不了文件 "+out)
			}
			people, err := a.Crowd.Parquet(cmd.Context(), f)
			if err = errors.Join(err, f.Close()); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s：%s 人\n", out, lang.Int(people))
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "写到哪个文件（必填）")
	_ = cmd.MarkFlagRequired("out")
	_ = cmd.MarkFlagFilename("out", "parquet")
	return cmd
}
