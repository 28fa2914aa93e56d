package kit

import "github.com/artra/klachtbot/texts"

// Choices are the options of one of workflow's lists, labelled in the
// person's language: choice.<list>.<value>.
func Choices[T ~string](sp texts.Speaker, list string, all []T) []Option {
	options := make([]Option, len(all))
	for i, v := range all {
		options[i] = Option{string(v), Choice(sp, list, v)}
	}
	return options
}

// Choice is how people read one value of one of workflow's lists.
func Choice[T ~string](sp texts.Speaker, list string, v T) string {
	return sp.Say("choice." + list + "." + string(v))
}
