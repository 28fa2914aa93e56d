// Package cleanup ends cases. Erasures purges a case at the end of its
// retention, or erases it earlier when two people decided so, and repeats after a
// restore what the erasure list names. Undeletables keeps what the bot can't
// take out of Slack, until people have.
package cleanup
