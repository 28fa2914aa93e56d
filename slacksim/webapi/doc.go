// Package webapi answers what an app calls over HTTP: the methods of the Web API,
// response URLs, uploads and downloads, and the opening of a socket. It checks
// token, scope and rate limit before it checks any argument, as Slack does, and
// takes part in the faults that were ordered.
package webapi
