// Package subject is the subject access request: what somebody is known by, and
// the cases that may be theirs (article 15 GDPR).
package subject
