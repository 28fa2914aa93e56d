// Package faults makes things go wrong on demand: lost answers, cut connections,
// rate limits, delays, and sockets that misbehave.
package faults
