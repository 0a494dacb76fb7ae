package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"sync"
	"syscall"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/design"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// Handler is the whole web tier.
func (a *App) Handler(ctx context.Context) (*web.Server, error) {
	demo, err := a.isDemo(ctx)
	if err != nil {
		return nil, err
	}
	arriving, err := a.arriving()
	if err != nil {
		return nil, err
	}
	a.Accounts.SetDemo(a.DemoAccounts(ctx))
	rooms := append(a.webRooms(), home(a))
	if demo { // strangers have nothing to try out, and nothing to upload, where there are real people
		rooms = append(rooms, design.Room())
	}
	return web.New(web.Config{
		Rooms:    rooms,
		Identify: a.Accounts.Identify, Sessions: a.Accounts.Sessions(),
		Clock: a.Clock, Log: a.Log, TempDir: arriving, Demo: demo, Ready: a.DB.Ping,
		DataAsOf: func(language string) string { return lang.Date(language, a.AsOf) },
	})
}

func (a *App) webRooms() []web.Room {
	return []web.Room{a.Accounts.Web(), a.Approvals.Web(), a.Assignments.Web(), a.Messages.Web(), a.Intake.Web(), a.Policy.Web(), a.Assess.Web(), a.Fair.Web(), a.Gig.Web(), a.Grant.Web(), a.Graduate.Web(), a.Relief.Web(), a.Jobs.Web(), a.Market.Web(), a.Dispatch.Web(), a.Outwork.Web(), a.Casework.Web(), a.Collect.Web(), a.Roster.Web(), a.Plan.Web(), a.Cycle.Web(), a.Supervise.Web(), a.Analysis.Web(), a.Verify.Web(), a.Service.Web(), a.Rights.Web()}
}

// Serve serves the pages, and does background work too when work is true, until ctx ends; ready is called when the
// address answers.
func (a *App) Serve(ctx context.Context, work bool, ready func()) error {
	server, err := a.Handler(ctx)
	if err != nil {
		return err
	}
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.Config.Listen)
	if err != nil {
		if errors.Is(err, syscall.EADDRINUSE) {
			return fault.Wrap(fault.Unavailable, err, "地址 "+a.Config.Listen+" 已被占用，可能就业通已经打开；也可用 --listen 换一个端口")
		}
		return fault.Wrap(fault.Invalid, err, "打不开服务地址 "+a.Config.Listen)
	}
	if err := web.Built(); err != nil {
		a.Log.Warn(err.Error() + "；页面能用，但没有样式")
	}
	ready()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var wg sync.WaitGroup
	var workErr error
	if work {
		wg.Go(func() { workErr = a.Work(ctx) })
	}
	wg.Go(func() { a.followCrowd(ctx) })
	wg.Go(func() { a.warm(ctx) })
	err = server.Serve(ctx, ln)
	stop()
	wg.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return errors.Join(err, workErr)
}

// warm makes what the first visitor would wait for.
func (a *App) warm(ctx context.Context) {
	if err := a.Jobs.Warm(ctx); err != nil && ctx.Err() == nil {
		a.Log.Error("warm", "error", err)
	}
}

// Work does background work until ctx ends.
func (a *App) Work(ctx context.Context) error { return a.Queue.Run(ctx, a.Config.Workers) }

// home sends everybody to the first page of their role.
func home(a *App) web.Room {
	first := map[string]string{"officer": "/casework", "manager": "/plan", "admin": "/plan", "seeker": "/policy/mine", "employer": "/jobs/employer"}
	return web.Room{Name: "home", Pages: noPages, Words: noPages, Routes: func(m *web.Mux) {
		m.Get("/{$}", web.Anyone, func(c *web.Ctx) error {
			if c.User.Role == account.Officer && area.Level(c.User.Area) > area.Banner { // a coordinator
				return c.Redirect("/collect")
			}
			if to, ok := first[c.User.Role]; ok {
				return c.Redirect(to)
			}
			return c.Redirect("/signin")
		})
	}}
}

// templates is the folder with a department's own import templates; nil when none was named.
func templates(folder string) fsOrNil {
	if folder == "" {
		return nil
	}
	return os.DirFS(folder)
}
