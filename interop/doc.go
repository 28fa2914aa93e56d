// Command interop shows that the simulator is Slack as other people's programs
// know it: an ordinary app in Bolt for JavaScript, and @slack/web-api beneath it,
// both unmodified, run against slacksim while somebody uses the app. Whatever
// these clients stumble over is a mistake of the simulator's.
//
// scripts/interop installs them into a temporary folder and runs this. It is no
// test of Go's, since it needs Node and npm.
package main
