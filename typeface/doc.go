// Package typeface prints names as they are written in a PDF: every Latin letter
// of DIN 91379 with its combining sequences, Greek, Cyrillic, and what the
// built-in font has beside them; other scripts when the firm has put a font for
// them in a folder.
//
// The library that writes the PDF sets one glyph for a character, and knows
// neither where an accent belongs nor how letters join. So a Line is laid out
// here: accents over and under their letter, letters of the Arabic script in
// their joined forms, and right-to-left text in its order, each with the text
// that it stands for beside it, so that a reader copies the name and not the
// drawing (layout.go). What can't be set, because no font has it or its script
// needs more than that, becomes a plain statement in the reader's language, never
// a box or a question mark (printable.go).
package typeface
