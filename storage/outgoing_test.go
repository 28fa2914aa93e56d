package storage

// paper stands for an encrypted document; here it reads itself.
var paper = []byte("%PDF-2.0 De zaagmachine was zoek")
