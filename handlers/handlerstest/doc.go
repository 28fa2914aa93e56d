// Package handlerstest is what the tests of all subjects of the handlers share:
// a Fixture with a real register, invented people, gestures as Slack sends them,
// and the comparison of views with golden files. Only tests import it.
package handlerstest
