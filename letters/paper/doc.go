// Package paper sets a letter on paper: A4, with the address where the window of
// an envelope is, to be folded in three and sent by post.
//
// The address stands where DIN 5008 (form B) has it and where the Dutch NEN 1026
// looks for it: behind a window of 90 by 45 mm that is 20 mm from the left and
// 15 mm from the bottom of the envelope. In a DL envelope (220 by 110 mm) and in a
// C5/6 (229 by 114 mm) a folded sheet slides to and fro. The address stands in what
// the window shows wherever the sheet slid; nothing else stands in what it can ever
// show.
package paper
