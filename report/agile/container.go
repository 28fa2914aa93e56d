package agile

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf16"
)

// Sizes and marks of a compound file of version 3 ([MS-CFB] 2.1 and 2.2).
const (
	sectorSize, miniSize = 512, 64
	miniCutoff           = 4096 // shorter streams lie in the mini stream
	perSector            = sectorSize / 4
	inHeader             = 109 // sectors of the table that the header names
	entrySize            = 128

	freeSector  = 0xffffffff
	endOfChain  = 0xfffffffe
	tableSector = 0xfffffffd
	moreSector  = 0xfffffffc // it lists further sectors of the table
	noEntry     = 0xffffffff
)

// entry is a storage or a stream in the directory.
type entry struct {
	name     string
	kind     byte // 1 a storage, 2 a stream, 5 the root
	content  []byte
	children []*entry

	id, left, right, child uint32
	red                    bool
	start                  uint32
}

func storage(name string, children ...*entry) *entry {
	return &entry{name: name, kind: 1, children: children}
}

func stream(name string, content []byte) *entry {
	return &entry{name: name, kind: 2, content: content}
}

// compound is the file that Office knows: what describes the encryption, and the
// encrypted package.
func compound(info, encrypted []byte) []byte {
	root := &entry{name: "Root Entry", kind: 5, children: []*entry{
		storage("\x06DataSpaces",
			stream("Version", dataSpaceVersion()),
			stream("DataSpaceMap", dataSpaceMap()),
			storage("DataSpaceInfo", stream("StrongEncryptionDataSpace", dataSpace())),
			storage("TransformInfo", storage("StrongEncryptionTransform", stream("\x06Primary", transform()))),
		),
		stream("EncryptionInfo", info),
		stream("EncryptedPackage", encrypted),
	}}
	return (&file{}).write(root)
}

// file is a compound file being laid out: sectors one after the other, and for
// each the one that follows it in its chain.
type file struct {
	sectors []byte
	next    []uint32
	mini    []byte
	after   []uint32 // the same for the mini stream
	entries []*entry
}

func (f *file) write(root *entry) []byte {
	f.list(root)
	for _, e := range f.entries {
		if e.kind == 2 && len(e.content) < miniCutoff {
			e.start = f.addMini(e.content)
		} else if e.kind == 2 {
			e.start = f.add(e.content)
		}
	}
	root.content, root.start = f.mini, f.add(f.mini)
	miniTable := f.add(filled(f.after, perSector))
	miniSectors := (len(f.after) + perSector - 1) / perSector
	directory := f.add(f.directory())
	table, more := f.addTable()
	return append(header(directory, miniTable, miniSectors, table, more), f.sectors...)
}

// list numbers an entry and those below it, and makes trees of siblings.
func (f *file) list(e *entry) {
	e.id, e.left, e.right, e.child = uint32(len(f.entries)), noEntry, noEntry, noEntry
	f.entries = append(f.entries, e)
	for _, c := range e.children {
		f.list(c)
	}
	slices.SortFunc(e.children, func(a, b *entry) int {
		return cmp.Or(cmp.Compare(len(a.name), len(b.name)), strings.Compare(strings.ToUpper(a.name), strings.ToUpper(b.name)))
	})
	depth := 0
	for 1<<(depth+1) <= len(e.children) {
		depth++
	}
	e.child = tree(e.children, depth, len(e.children) == 1<<(depth+1)-1)
}

// tree is a balanced tree of sorted siblings. All levels but the last are full,
// so that it is red-black when the last one is red, unless it is full too.
func tree(sorted []*entry, below int, full bool) uint32 {
	if len(sorted) == 0 {
		return noEntry
	}
	middle := len(sorted) / 2
	e := sorted[middle]
	e.left, e.right = tree(sorted[:middle], below-1, full), tree(sorted[middle+1:], below-1, full)
	e.red = below == 0 && !full
	return e.id
}

// add puts content into sectors of its own, and returns the first.
func (f *file) add(content []byte) uint32 {
	if len(content) == 0 {
		return endOfChain
	}
	first := uint32(len(f.next))
	f.next = chain(f.next, (len(content)+sectorSize-1)/sectorSize)
	f.sectors = append(append(f.sectors, content...), make([]byte, padding(len(content), sectorSize))...)
	return first
}

func (f *file) addMini(content []byte) uint32 {
	if len(content) == 0 {
		return endOfChain
	}
	first := uint32(len(f.after))
	f.after = chain(f.after, (len(content)+miniSize-1)/miniSize)
	f.mini = append(append(f.mini, content...), make([]byte, padding(len(content), miniSize))...)
	return first
}

// chain appends n sectors that follow each other.
func chain(next []uint32, n int) []uint32 {
	for range n - 1 {
		next = append(next, uint32(len(next)+1))
	}
	return append(next, endOfChain)
}

func padding(n, size int) int { return (size - n%size) % size }

// filled is a table as it is written: whole sectors, free where nothing stands.
func filled(table []uint32, per int) []byte {
	for len(table)%per != 0 {
		table = append(table, freeSector)
	}
	return words(table...)
}

func (f *file) directory() (b []byte) {
	for _, e := range f.entries {
		b = append(b, e.bytes()...)
	}
	for len(b)%sectorSize != 0 {
		b = append(b, (&entry{left: noEntry, right: noEntry, child: noEntry}).bytes()...)
	}
	return b
}

func (e *entry) bytes() []byte {
	b := make([]byte, entrySize)
	units := utf16.Encode([]rune(e.name))
	for i, u := range units {
		binary.LittleEndian.PutUint16(b[2*i:], u)
	}
	if e.kind != 0 {
		binary.LittleEndian.PutUint16(b[64:], uint16(2*len(units)+2))
	}
	b[66] = e.kind
	if !e.red {
		b[67] = 1
	}
	copy(b[68:], words(e.left, e.right, e.child))
	copy(b[116:], words(e.start, uint32(len(e.content))))
	return b
}

// addTable appends the sectors of the table itself, and those that list them
// where the header has no room. It returns where the table stands.
func (f *file) addTable() (table, more []uint32) {
	data, tables, lists := len(f.next), 0, 0
	for {
		t := (data + tables + lists + perSector - 1) / perSector
		l := max(0, (t-inHeader+perSector-2)/(perSector-1))
		if t == tables && l == lists {
			break
		}
		tables, lists = t, l
	}
	for i := range tables {
		table = append(table, uint32(data+i))
		f.next = append(f.next, tableSector)
	}
	for i := range lists {
		more = append(more, uint32(data+tables+i))
		f.next = append(f.next, moreSector)
	}
	f.sectors = append(f.sectors, filled(f.next, perSector)...)
	rest := table[min(len(table), inHeader):]
	for i := range more {
		part := slices.Clone(rest[:min(len(rest), perSector-1)])
		rest = rest[len(part):]
		for len(part) < perSector-1 {
			part = append(part, freeSector)
		}
		following := uint32(endOfChain)
		if i+1 < len(more) {
			following = more[i+1]
		}
		f.sectors = append(f.sectors, words(append(part, following)...)...)
	}
	return table, more
}

func header(directory, miniTable uint32, miniSectors int, table, more []uint32) []byte {
	b := []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}
	b = append(b, make([]byte, 16)...)
	for _, v := range []uint16{0x3e, 3, 0xfffe, 9, 6, 0, 0, 0} { // versions, byte order, sizes of sectors
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	firstMore := uint32(endOfChain)
	if len(more) > 0 {
		firstMore = more[0]
	}
	b = append(b, words(0, uint32(len(table)), directory, 0, miniCutoff, miniTable, uint32(miniSectors), firstMore, uint32(len(more)))...)
	for i := range inHeader {
		at := uint32(freeSector)
		if i < len(table) {
			at = table[i]
		}
		b = append(b, words(at)...)
	}
	return b
}
