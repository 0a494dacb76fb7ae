package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"jiuye/internal/app"
)

func versionCommand(*app.Config) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "显示版本",
		Example: "  jiuye version",
		Args:    cobra.NoArgs,
		Run: func(cmd *cobra.Command, _ []string) {
			fmt.Fprintf(cmd.OutOrStdout(), "就业通 %s（%s %s/%s）\n", app.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
		},
	}
}
