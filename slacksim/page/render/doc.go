// Package render makes what an app sent, Block Kit and mrkdwn, ready for the
// templates of the page. It makes no HTML itself: every byte of a text passes
// through html/template, links go to http, https and mailto only, and nothing is
// fetched from outside the page's own origin.
package render
