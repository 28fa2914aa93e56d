// Records which letters of the Latin script are the same text to ICU's root
// collation at primary strength with punctuation ignored:
//
//	node contact/testdata/record.js > contact/testdata/primary.tsv
//
// One line a code point: the code point, the character, and what it equals. That
// is ASCII letters where there are any, otherwise the first code point that
// equals it; a character that equals no other has no line.
'use strict';

const collator = new Intl.Collator('und', { sensitivity: 'base', ignorePunctuation: true });
const latin = /\p{Script=Latin}/u;
const letters = [...'abcdefghijklmnopqrstuvwxyz'];

const strings = letters.flatMap((a) => [a, ...letters.flatMap((b) => [a + b, ...letters.map((c) => a + b + c)])]);
strings.sort(collator.compare);

// found returns the string that equals one, by halving.
function found(one, sorted) {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const order = collator.compare(one, sorted[middle]);
    if (order === 0) return sorted[middle];
    if (order < 0) to = middle;
    else from = middle + 1;
  }
  return undefined;
}

const all = [];
for (let code = 0x80; code <= 0x10ffff; code++) {
  if (code >= 0xd800 && code <= 0xdfff) continue;
  const one = String.fromCodePoint(code);
  if (latin.test(one) || latin.test(one.normalize('NFKD'))) all.push(one);
}

// Rows of several letters that no ASCII equals are told by what else equals them.
const classes = [];
const rows = new Map();
for (const one of all) {
  const base = found(one, strings);
  if (base !== undefined) {
    rows.set(one, base);
    continue;
  }
  const same = classes.find((c) => collator.compare(c[0], one) === 0);
  if (same) same.push(one);
  else classes.push([one]);
}
for (const members of classes.filter((c) => c.length > 1)) {
  const lower = members.find((m) => /\p{Ll}/u.test(m)) ?? members[0];
  for (const m of members.filter((m) => m !== lower)) rows.set(m, lower);
}

const { icu, unicode, cldr } = process.versions;
console.log(`# ICU ${icu}, Unicode ${unicode}, CLDR ${cldr}: ${rows.size} of ${all.length} characters`);
for (const one of all.filter((o) => rows.has(o))) {
  console.log(`${one.codePointAt(0).toString(16).padStart(4, '0').toUpperCase()}\t${one}\t${rows.get(one)}`);
}
