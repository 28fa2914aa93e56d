package health

import (
	"context"
	"log/slog"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"
)

// TellSystemd tells systemd that the program works, where it is its service
// (Type=notify, sd_notify(3)), and goes on telling it until ctx ends: twice in
// WatchdogSec, which restarts a process that no longer runs. A database or a Slack
// that is away is no reason for that: /readyz and the officers' alarm are about
// those.
func TellSystemd(ctx context.Context, log *slog.Logger) {
	tell := func(state string) {
		if _, err := daemon.SdNotify(false, state); err != nil {
			log.WarnContext(ctx, "systemd is not told", "error", err)
		}
	}
	tell(daemon.SdNotifyReady)
	every, err := daemon.SdWatchdogEnabled(false)
	if err != nil {
		log.WarnContext(ctx, "WATCHDOG_USEC or WATCHDOG_PID of systemd is wrong", "error", err)
	}
	go func() {
		defer tell(daemon.SdNotifyStopping)
		if every <= 0 {
			<-ctx.Done()
			return
		}
		beat := time.NewTicker(every / 2)
		defer beat.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-beat.C:
				tell(daemon.SdNotifyWatchdog)
			}
		}
	}()
}
