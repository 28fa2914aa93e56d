// Package page is the browser page of a simulated workspace. It shows the
// workspace as one person sees it, and turns what is clicked and typed into what
// a user.User does; changes arrive as server-sent events.
//
// A browser test drives it by
//
//	/?as=U…&in=C…&thread=TS     who is looking (in=home and in=dm for the app)
//	nav [data-person] [data-channel] [data-home] [data-dm] [data-unread]
//	article[data-ts]            a message; [data-ephemeral], [data-thread-link], [data-menu]
//	[data-block-id] [data-action-id] [data-value]   blocks, controls, buttons
//	form#composer, form#thread-composer  with textarea[name=text]
//	#shortcuts [data-shortcut], article [data-message-shortcut]
//	dialog#modal[open], form#view-form[data-view-id][data-callback-id]
//	[name=BLOCK_ID]             the fields of a modal
//	#view-submit, #view-close   its buttons
//	[data-error-for=BLOCK_ID], #modal-notice, #notice   what went wrong
//	dialog#confirm button[value=yes|no]
//	body[data-live=on]          live updates are connected
package page
