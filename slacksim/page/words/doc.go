// Package words is what the page itself says, in Dutch and in English; everything
// else on it comes from the app and from people.
package words
