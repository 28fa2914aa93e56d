// Package binding brings registers from before up to date: it binds their cases as
// they are found, a few at a time, beside the running bot.
package binding
