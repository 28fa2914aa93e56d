package dossier

import (
	"testing"

	"github.com/artra/klachtbot/workflow"
)

// BenchmarkPDF makes and encrypts a dossier of 30 entries without pictures,
// and prints one photograph.
func BenchmarkPDF(b *testing.B) {
	in := withoutFiles(b, "nl")
	one := inventedRecords()
	for len(in.Records) < 30 {
		in.Records = append(in.Records, one[len(in.Records)%len(one)])
	}
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			pdfOf(b, in)
		}
	})
	b.Run("encrypt", func(b *testing.B) {
		pdf := pdfOf(b, in)
		for b.Loop() {
			encrypted(b, pdf, workflow.Confidential("geheim"))
		}
	})
	b.Run("picture", func(b *testing.B) {
		file := photoOf(b, 1200, 800)
		for b.Loop() {
			if _, err := newPagePicture(file); err != nil {
				b.Fatal(err)
			}
		}
	})
}
