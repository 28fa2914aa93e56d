// Package dossier makes the documents in which complaints leave the firm, on A4
// to print and to read, and their encryption for the way there: the file of one
// complaint for the dispute committee, and all that is held on one person, for
// that person.
//
// The committee gets what passed between the complainant and the firm: the
// complaint and who makes it, what was promised and when that was kept, the
// decision, and every letter, question, answer and report of contact, in the
// order in which they were recorded. What the firm wrote for itself stays
// with the firm: notes, the lesson, who handled the case when and why it was
// put on hold. The person whom the complaint concerns is left out too, for their
// own sake. The story and the letters are given as they are; a name that stands
// in them is part of the evidence.
//
// The person who asks what is held on them (Access) gets more: notes,
// corrections and whatever else is about them; and, if they want, in a form for
// computers.
//
// Everything happens in memory: neither the document nor its passphrase
// touches a disk here.
package dossier
