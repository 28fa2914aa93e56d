// Package letters makes what the complainant gets, in Dutch and English and in
// the regulation's own tone. A letter is a template that a lawyer can read
// (templates/outcome.nl.tmpl): a subject, fixed paragraphs before and after,
// and a proposed body between them; only the body can be edited (design
// section 5). A firm can replace any of them by a file of the same name in a
// folder of its own (--letters DIR); copy templates/outcome.nl.tmpl, change its
// words, and start: a mistake is reported with file and line.
//
// Letters are plain text. What people typed is put in as data and never read
// as a template, and what goes on one line is kept on one line.
package letters
