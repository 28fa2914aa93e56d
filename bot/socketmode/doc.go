// Package socketmode keeps Slack's Socket Mode connections open, and decodes
// each envelope that comes over them once.
//
// Slack ends a connection whenever it likes: it says so beforehand (disconnect),
// or the connection is just gone. A connection that was announced to end is
// read to its end while the next one is opened, so that neither an envelope nor
// the ack of one in hand is lost between the two. An envelope is acknowledged
// on the connection that it came on; the ack is on the wire when Ack returns.
//
// The connections only read: whoever receives an envelope puts it in a queue.
package socketmode
