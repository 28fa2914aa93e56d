package bottest

import (
	"flag"
	"strconv"
)

// atOnce is how many tests wait beside each other.
const atOnce = 4

// Together has four of a package's parallel tests run at once, however few
// processors there are: they wait for pauses and timeouts of the bot more than
// they work. What -parallel says goes before. It is for TestMain.
func Together() {
	flag.Parse()
	said := false
	flag.Visit(func(f *flag.Flag) { said = said || f.Name == "test.parallel" })
	if f := flag.Lookup("test.parallel"); f != nil && !said {
		if err := f.Value.Set(strconv.Itoa(atOnce)); err != nil {
			panic(err)
		}
	}
}
