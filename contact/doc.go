// Package contact decides when two names, e-mail addresses, telephone numbers
// or texts are the same, whether a text is one of these at all, and how they
// are hidden in a story.
//
// Everything that compares what people typed asks this package: search, the
// access request, the hashes by which cases of one complainant are found, and
// the mask. So whoever is found by one is found by all, and hidden too.
//
// The rule (see Fold and Key): letters are the same that Unicode's root
// collation calls the same at its first level, whatever the accents, capitals
// and widths, and punctuation, spaces and what can't be seen don't count. A few
// letters more are the same here, because passports write them so.
//
// Functions take and return plain strings: the caller reveals a confidential text
// for that one call. The types that hold on to somebody's data
// (Name, Email, Phone, Subject, Finder) print as a mask in fmt, log/slog and
// JSON, and errors never quote what was typed.
package contact
