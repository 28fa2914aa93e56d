package letters

import "testing"

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}

func BenchmarkCompose(b *testing.B) {
	l := load(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := l.Compose(Acknowledgement, "nl", sample(), "Dank je wel."); err != nil {
			b.Fatal(err)
		}
	}
}
