// Package search finds cases: the lists of Home and /klacht, searches, related
// cases, and the cases of a subject access request. Whatever it returns is
// limited to what its viewer may see.
//
// Who complains is sealed. An e-mail address or a telephone number is found by
// its keyed hash; a name is found only by unsealing, which is bounded in cases
// and in time. A search for a person leaves an entry in the register's chain.
package search
