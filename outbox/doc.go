// Package outbox says what can be waiting to be sent (design section 3): the
// kinds of delivery, the payload of each, and the lanes they take; what a sender
// leases and gives back; and what becomes of an effect that the procedure asks
// for (From). It holds types only: the register keeps the rows, and the bot sends
// them.
package outbox
