package handlers_test

import (
	"time"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// pressWalks are what people do, each from what they read to what is done.
func pressWalks() map[string]func(*pressCount) {
	walks := map[string]func(*pressCount){}
	for _, action := range workflow.Actions() {
		walks[string(action)] = func(c *pressCount) { c.onCase(action) }
	}
	for _, more := range []map[string]func(*pressCount){filingWalks(), caseWalks(), erasureWalks(), homeWalks(), quarterWalks()} {
		for name, walk := range more {
			walks[name] = walk
		}
	}
	return walks
}

// pressStages are the stages of a case, in the order of which the first that offers
// an action is where it is counted.
func pressStages() map[string][]handlerstest.Step {
	stages := handlerstest.Stages()
	decided := handlerstest.Decision()
	decided.Promised = workflow.RemedyTerms{Kind: workflow.RemedyRefund, Due: calendar.NewDate(2026, 12, 23), Handler: handlerstest.Staff, Amount: "50"}
	stages["promised"] = []handlerstest.Step{stages["received"][0], {By: handlerstest.Officer, After: time.Hour, Action: decided}}
	acknowledged := handlerstest.Step{By: handlerstest.Officer, After: time.Hour, Action: workflow.Acknowledge{
		Sent: handlerstest.SentOn(calendar.NewDate(2026, 11, 23), workflow.WayLetter),
	}}
	stages["letter"] = []handlerstest.Step{stages["received"][0], acknowledged}
	stages["letter without an address"] = []handlerstest.Step{{By: handlerstest.Staff, Action: handlerstest.PlainFiling()}, acknowledged}
	stages["asked to erase"] = handlerstest.ErasureRequest()
	return stages
}

// onCase does something from the case message. What only shows something is done
// when it is open.
func (c *pressCount) onCase(action workflow.ActionName) {
	c.Helper()
	for _, stage := range []string{"received", "waiting", "decided", "closed", "promised"} {
		of := c.carried(stage)
		channel, ts := c.reads(handlerstest.Officer, ofCase(of))
		if !c.presses(handlerstest.Officer, channel, ts, string(action)) {
			continue
		}
		if action != workflow.ActionIdentity && action != workflow.ActionDossier {
			c.sends(handlerstest.Officer, string(action))
		} else {
			c.w.Awaits(c.T, handlerstest.Officer, string(action))
		}
		return
	}
	c.Fatalf("no case offers %s", action)
}

// filingWalks end when a complaint is filed.
func filingWalks() map[string]func(*pressCount) {
	return map[string]func(*pressCount){
		"log_complaint": func(c *pressCount) {
			c.types(handlerstest.Staff, "", "log_complaint")
			c.sends(handlerstest.Staff, "log_complaint")
		},
		"log_complaint/from_home": func(c *pressCount) {
			c.pressesView(handlerstest.Staff, c.opensHome(handlerstest.Staff), "log_complaint")
			c.sends(handlerstest.Staff, "log_complaint")
		},
		"log_complaint/from_a_message": func(c *pressCount) {
			ts, err := c.as(handlerstest.Staff).Post(c.Context(), handlerstest.Lobby, "", "De zaal was koud.")
			if err != nil {
				c.Fatal(err)
			}
			c.shortcuts(handlerstest.Staff, "log_complaint_from_message", handlerstest.Lobby, ts)
			c.sends(handlerstest.Staff, "log_complaint")
		},
		"from_filing_to_closed": (*pressCount).toItsEnd,
		"list":                  func(c *pressCount) { c.types(handlerstest.Staff, "lijst", "list") },
	}
}

// toItsEnd takes a complaint from the command to its end, with no more filled in
// anywhere than the forms ask: what one of them leaves open, another asks for.
func (c *pressCount) toItsEnd() {
	c.types(handlerstest.Staff, "", "log_complaint")
	c.sends(handlerstest.Staff, "log_complaint")
	of, _, err := c.w.DB.Find(c.Context(), workflow.Lookup{Number: "K-2026-0001"}, handlerstest.Officer)
	if err != nil {
		c.Fatal(err)
	}
	for _, action := range []string{"acknowledge", "resolve"} {
		channel, ts := c.reads(handlerstest.Officer, ofCase(of))
		c.presses(handlerstest.Officer, channel, ts, action)
		c.sends(handlerstest.Officer, action)
	}
	c.sends(handlerstest.Officer, "confirm")
}

// caseWalks are what an officer does with a case beside its buttons, or in one go.
func caseWalks() map[string]func(*pressCount) {
	return map[string]func(*pressCount){
		"resolve/and_confirm": func(c *pressCount) {
			c.onCase(workflow.ActionResolve)
			c.sends(handlerstest.Officer, "confirm")
		},
		"withdraw/and_confirm": func(c *pressCount) {
			c.onCase(workflow.ActionWithdraw)
			c.sends(handlerstest.Officer, "confirm")
		},
		"acknowledge/with_own_words": func(c *pressCount) {
			of := c.carried("received")
			channel, ts := c.reads(handlerstest.Officer, ofCase(of))
			c.presses(handlerstest.Officer, channel, ts, "acknowledge")
			c.chooses(handlerstest.Officer, "acknowledge", "body", "Bedankt.")
			c.sends(handlerstest.Officer, "acknowledge")
			c.sends(handlerstest.Officer, "letter_recorded")
		},
		"acknowledge/from_a_reminder": func(c *pressCount) {
			c.fromReminder("acknowledge")
		},
		"snooze": func(c *pressCount) { c.fromReminder("snooze") },
		"remedy_done": func(c *pressCount) {
			of := c.carried("promised")
			channel, ts := c.reads(handlerstest.Staff, outbox.Delivery{Case: of.ID, Payload: outbox.Remedy{To: handlerstest.Staff, Remedy: 1}})
			c.presses(handlerstest.Staff, channel, ts, "remedy_done")
			c.sends(handlerstest.Staff, "remedy_done")
		},
		"remedy/another_date": func(c *pressCount) {
			of := c.carried("promised")
			channel, ts := c.reads(handlerstest.Officer, ofCase(of))
			c.presses(handlerstest.Officer, channel, ts, "remedy")
			c.chooses(handlerstest.Officer, "remedy", "result", "changed")
			c.sends(handlerstest.Officer, "remedy")
			c.sends(handlerstest.Officer, "remedy_letter")
		},
		"consult_answer": func(c *pressCount) {
			c.onCase(workflow.ActionConsult)
			c.n = 0 // that was the officer's part
			of, _, err := c.w.DB.Find(c.Context(), workflow.Lookup{Number: "K-2026-0001"}, handlerstest.Officer)
			if err != nil {
				c.Fatal(err)
			}
			channel, ts := c.reads(handlerstest.Staff, outbox.Delivery{
				Case: of.ID, Payload: outbox.Consultation{To: handlerstest.Staff, Consultation: 1},
			})
			c.presses(handlerstest.Staff, channel, ts, "consult_answer")
			c.sends(handlerstest.Staff, "consult_answer")
		},
		"repost": func(c *pressCount) { c.fromDossier("received", "repost") },
		"letter_pdf": func(c *pressCount) {
			c.fromDossier("letter", "letter_pdf")
			c.w.Awaits(c.T, handlerstest.Officer, "letter_pdf")
		},
		"letter_pdf/without_an_address": func(c *pressCount) {
			c.fromDossier("letter without an address", "letter_pdf")
			c.sends(handlerstest.Officer, "letter_pdf")
		},
		"inzage": func(c *pressCount) {
			c.carried("received")
			c.types(handlerstest.Officer, "inzage", "inzage")
			c.sends(handlerstest.Officer, "inzage")
		},
	}
}

// fromReminder settles what somebody is reminded of, from the reminder.
func (c *pressCount) fromReminder(action string) {
	c.Helper()
	of := c.carried("received")
	channel, ts := c.reads(handlerstest.Officer, outbox.Delivery{
		Case: of.ID, Payload: outbox.Reminder{To: handlerstest.Officer, Watch: handlerstest.Acknowledging},
	})
	c.presses(handlerstest.Officer, channel, ts, action)
	c.sends(handlerstest.Officer, action)
}

// fromDossier does something from the dossier of a case.
func (c *pressCount) fromDossier(stage, action string) {
	c.Helper()
	of := c.carried(stage)
	channel, ts := c.reads(handlerstest.Officer, ofCase(of))
	c.presses(handlerstest.Officer, channel, ts, "dossier")
	c.pressesView(handlerstest.Officer, c.w.Awaits(c.T, handlerstest.Officer, "dossier"), action)
}

// erasureWalks are the two sides of an erasure before the term.
func erasureWalks() map[string]func(*pressCount) {
	decides := func(action string) func(*pressCount) {
		return func(c *pressCount) {
			of := c.carried("asked to erase")
			channel, ts := c.reads(handlerstest.Deputy, outbox.Delivery{
				Case: of.ID, Payload: outbox.Reminder{To: handlerstest.Deputy, Watch: workflow.WatchErasure},
			})
			c.presses(handlerstest.Deputy, channel, ts, action)
			c.sends(handlerstest.Deputy, action)
		}
	}
	return map[string]func(*pressCount){
		"erase": func(c *pressCount) {
			c.fromDossier("closed", "erase")
			c.sends(handlerstest.Officer, "erase")
		},
		"erase_confirm": decides("erase_confirm"),
		"erase_decline": decides("erase_decline"),
	}
}

// homeWalks begin at the Home tab.
func homeWalks() map[string]func(*pressCount) {
	return map[string]func(*pressCount){
		"absence": func(c *pressCount) {
			c.pressesView(handlerstest.Officer, c.opensHome(handlerstest.Officer), "absence")
			c.sends(handlerstest.Officer, "absence")
		},
		"register_export": func(c *pressCount) {
			c.pressesView(handlerstest.Officer, c.opensHome(handlerstest.Officer), "register_export")
			c.sends(handlerstest.Officer, "register_export")
		},
		"home_language": func(c *pressCount) {
			c.n += 2
			if err := c.as(handlerstest.Officer).ClickView(c.Context(), c.opensHome(handlerstest.Officer).ID, "home_language", "en"); err != nil {
				c.Fatal(err)
			}
		},
	}
}

// quarterWalks are what the directors do with the summary of a quarter, and who
// sees to a recommendation.
func quarterWalks() map[string]func(*pressCount) {
	return map[string]func(*pressCount){
		"no_recommendations": func(c *pressCount) {
			c.onSummary("no_recommendations")
			c.sends(handlerstest.Director, "no_recommendations")
		},
		"recommendation": func(c *pressCount) {
			c.onSummary("recommendation")
			c.sends(handlerstest.Director, "recommendation")
		},
		"recommendation_done": func(c *pressCount) { c.onRecommendation("recommendation_done") },
		"recommendation_date": func(c *pressCount) {
			c.onRecommendation("recommendation_date")
			c.sends(handlerstest.Staff, "recommendation_date")
		},
	}
}

// onSummary presses a button of the summary of the quarter in which a complaint came.
func (c *pressCount) onSummary(action string) {
	c.Helper()
	c.carried("closed")
	c.at(49) // Monday 11 January
	for range 100 {
		if n, err := c.w.DB.Sweep(c.Context(), 100); err != nil {
			c.Fatal(err)
		} else if n == 0 {
			break
		}
	}
	channel, ts := c.reads(handlerstest.Director, outbox.Delivery{
		Version: 1, Lane: outbox.DirectLane(handlerstest.Director), Payload: outbox.QuarterSummary{Quarter: calendar.Quarter{Year: 2026, Number: 4}},
	})
	c.presses(handlerstest.Director, channel, ts, action)
}

// onRecommendation presses a button of what asks whether a recommendation was done,
// which the one who presses was asked to see to.
func (c *pressCount) onRecommendation(action string) {
	c.Helper()
	c.onSummary("recommendation")
	c.sends(handlerstest.Director, "recommendation")
	all, err := c.w.DB.Reviews().Recommendations(c.Context(), handlerstest.Director)
	if err != nil || len(all) != 1 {
		c.Fatalf("%d recommendations, %v", len(all), err)
	}
	c.at(365)
	c.n = 0 // that was the directors' part
	who := all[0].Owner
	channel, ts := c.reads(who, outbox.Delivery{Version: 1, Lane: outbox.DirectLane(who), Payload: outbox.RecommendationReminder{To: who, ID: all[0].ID}})
	c.presses(who, channel, ts, action)
}
