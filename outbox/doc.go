// Package outbox is what leaves the house (design section 3): the kinds of
// deliveries and their lanes, what a sender takes and gives back, and what
// becomes of an effect that the procedure asks for. It holds types only; the
// register keeps the rows, and the bot sends them.
package outbox
