package blockkit

import "testing"

func TestBlocks_views(t *testing.T) {
	divider := obj{"type": "divider"}
	focused := inputObj(obj{"type": "plain_text_input", "focus_on_load": true})
	unfocused := inputObj(obj{"type": "plain_text_input", "focus_on_load": false})
	bare := obj{"type": "modal", "title": plainObj("T"), "blocks": arr{divider}}
	tests := []struct {
		name    string
		surface string
		view    obj
		at      string
	}{
		{"modal", "modal", modalObj(divider), fine},
		{"home", "home", homeObj(divider), fine},
		{"empty home", "home", homeObj(), fine},
		{"bare modal", "modal", bare, fine},
		{"home as modal", "modal", homeObj(divider), "/view/type"},
		{"modal as home", "home", modalObj(divider), "/view/type"},
		{"no type", "modal", obj{"title": plainObj("T"), "blocks": arr{}}, "/view"},
		{"no title", "modal", obj{"type": "modal", "blocks": arr{}}, "/view"},
		{"no blocks", "modal", obj{"type": "modal", "title": plainObj("T")}, "/view"},
		{"null blocks", "home", obj{"type": "home", "blocks": nil}, "/view"},
		{"null submit", "modal", withKey(bare, "submit", nil), fine},
		{"input without submit", "modal", withKey(bare, "blocks", arr{divider, unfocused}), "/view/blocks/1/input"},
		{"input on a home", "home", homeObj(unfocused), fine},
		{"title mrkdwn", "modal", withKey(bare, "title", mrkdwnObj("T")), "/view/title/type"},
		{"title 24", "modal", withKey(bare, "title", plainObj(chars(24))), fine},
		{"title 25", "modal", withKey(bare, "title", plainObj(chars(25))), "/view/title/text"},
		{"title of emoji", "modal", withKey(bare, "title", plainObj("🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂")), "/view/title/text"},
		{"title empty", "modal", withKey(bare, "title", plainObj("")), "/view/title/text"},
		{"submit 24", "modal", withKey(bare, "submit", plainObj(chars(24))), fine},
		{"submit 25", "modal", withKey(bare, "submit", plainObj(chars(25))), "/view/submit/text"},
		{"close 24", "modal", withKey(bare, "close", plainObj(chars(24))), fine},
		{"close 25", "modal", withKey(bare, "close", plainObj(chars(25))), "/view/close/text"},
		{"private metadata 3000", "modal", withKey(bare, "private_metadata", chars(3000)), fine},
		{"private metadata 3001", "modal", withKey(bare, "private_metadata", chars(3001)), "/view/private_metadata"},
		{"callback id 255", "modal", withKey(bare, "callback_id", chars(255)), fine},
		{"callback id 256", "modal", withKey(bare, "callback_id", chars(256)), "/view/callback_id"},
		{"external id 255", "home", withKey(homeObj(), "external_id", chars(255)), fine},
		{"external id 256", "home", withKey(homeObj(), "external_id", chars(256)), "/view/external_id"},
		{"notify on close", "modal", withKey(bare, "notify_on_close", true), fine},
		{"notify as a word", "modal", withKey(bare, "notify_on_close", "yes"), "/view/notify_on_close"},
		{"home with a title", "home", withKey(homeObj(), "title", plainObj("T")), "/view"},
		{"home that notifies", "home", withKey(homeObj(), "notify_on_close", true), "/view"},
		{"100 blocks", "modal", modalObj(repeated(100, always(divider))...), fine},
		{"101 blocks", "modal", modalObj(repeated(101, always(divider))...), "/view/blocks"},
		{"100 blocks at home", "home", homeObj(repeated(100, always(divider))...), fine},
		{"101 blocks at home", "home", homeObj(repeated(101, always(divider))...), "/view/blocks"},
		{"block ids same", "modal", modalObj(withKey(divider, "block_id", "b"), withKey(divider, "block_id", "b")),
			"/view/blocks/1/block_id"},
		{"one focus", "modal", modalObj(unfocused, focused), fine},
		{"two focuses", "modal", modalObj(focused, unfocused, focused), "/view/blocks/2/element/focus_on_load"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantVerdict(t, JudgeView(mustEncode(t, tt.view), tt.surface), CodeArguments, "", tt.at)
		})
	}
}

func TestBlocks_viewSize(t *testing.T) {
	heavy := func(last int) []byte {
		sections := repeated(84, always(sectionObj(chars(2900))))
		return mustEncode(t, modalObj(append(sections, sectionObj(chars(last)))...))
	}
	spare := 250_000 - len(heavy(0))
	wantAccepted(t, JudgeView(heavy(spare), "modal"))
	wantRefused(t, JudgeView(heavy(spare+1), "modal"), CodeViewTooLarge, "")
}

func TestBlocks_submitWords(t *testing.T) {
	view := obj{"type": "modal", "title": plainObj("T"), "blocks": arr{textInputObj("multiline", true)}}
	r := JudgeView(mustEncode(t, view), "modal")
	const want = "[ERROR] must define `submit` to use `input` block [json-pointer:/view/blocks/0/input]"
	if r == nil || len(r.Messages) != 1 || r.Messages[0] != want {
		t.Errorf("got %+v, want %s", r, want)
	}
}
