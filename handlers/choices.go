package handlers

import "github.com/artra/klachtbot/texts"

// choices are the options of one of workflow's lists, labelled in the
// person's language: choice.<list>.<value>.
func choices[T ~string](sp texts.Speaker, list string, all []T) []option {
	options := make([]option, len(all))
	for i, v := range all {
		options[i] = option{string(v), choice(sp, list, v)}
	}
	return options
}

// choice is how people read one value of one of workflow's lists.
func choice[T ~string](sp texts.Speaker, list string, v T) string {
	return sp.Say("choice." + list + "." + string(v))
}
