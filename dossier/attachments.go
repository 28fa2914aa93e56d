package dossier

import (
	"fmt"
	"strconv"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"github.com/artra/klachtbot/texts"
)

var fileWidths = [...]float64{12, 88, 25, 40}

// enclosure is an attachment made ready: its name, safe to show and to save
// under, and the picture, when it is one that opens.
type enclosure struct {
	File
	name    string
	picture *pagePicture
}

// attachments lists the files, embeds each as it is, and prints the pictures
// among them, one a page.
func (w *writer) attachments() {
	if len(w.Attachments) == 0 {
		return
	}
	w.heading(w.sp.Say("committee.attachments"))
	w.paragraph(style{size: 9, grey: true}, w.sp.Say("committee.attached"))
	w.space(2)
	w.table(fileWidths[:], []string{"", w.sp.Say("committee.file"), w.sp.Say("committee.size"), w.sp.Say("committee.shown")})
	var all []enclosure
	for i, f := range w.Attachments {
		e := w.enclose(f)
		all = append(all, e)
		w.line(fileWidths[:], []string{strconv.Itoa(i + 1), e.name, sized(w.sp, len(f.Bytes)), w.shown(e)})
	}
	w.embed(all)
	for i, e := range all {
		if e.picture != nil {
			w.picture(w.sp.Say("committee.attachment", texts.Args{"Index": i + 1, "Name": e.name}), *e.picture)
		}
	}
}

func (w *writer) enclose(f File) enclosure {
	e := enclosure{File: f, name: fileName(w.printable(f.Name.Reveal()))}
	if p, err := newPagePicture(f.Bytes); err == nil {
		e.picture = &p
	}
	return e
}

// embed puts the files into the document, numbered as in the list, so that
// two of one name stay two.
func (w *writer) embed(all []enclosure) {
	var files []fpdf.Attachment
	for i, e := range all {
		if len(e.Bytes) > 0 {
			files = append(files, fpdf.Attachment{Content: e.Bytes, Filename: embeddedName(i, e.name)})
		}
	}
	w.pdf.SetAttachments(files)
}

// embeddedName is what the file at that place in the list is saved as.
func embeddedName(place int, name string) string { return fmt.Sprintf("%02d %s", place+1, name) }

func (w *writer) shown(e enclosure) string {
	switch {
	case len(e.Bytes) == 0:
		return w.sp.Say("committee.missing")
	case e.picture != nil:
		return w.sp.Say("committee.printed")
	}
	return w.sp.Say("committee.file_only")
}

func sized(sp texts.Speaker, bytes int) string {
	if bytes == 0 {
		return ""
	}
	return sp.Say("committee.kilobytes", texts.Args{"Size": (bytes + 999) / 1000})
}

// fileName is a name that no reader takes for a path, and at most 100
// characters of it.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune("/\\:*?\"<>|\n", r) {
			return '_'
		}
		return r
	}, name)
	if r := []rune(name); len(r) > 100 {
		name = string(r[:50]) + "…" + string(r[len(r)-49:])
	}
	return name
}
