// Package review is the directors' review of a quarter (R11): for whom figures
// are, what they record about them, and when they are reminded.
package review
