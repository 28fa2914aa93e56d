package typeface

import "strings"

// letters are those of DIN 91379 (bll and its sequences), by how they come about:
// ranges of Unicode, single ones, and letters with accents that Unicode has no
// character for.
func letters() []string {
	var all []string
	for _, r := range [][2]rune{
		{'A', 'Z'}, {'a', 'z'}, {0xc0, 0xd6}, {0xd8, 0xf6}, {0xf8, 0x148}, {0x14a, 0x17e}, {0x1cd, 0x1dc}, {0x1fa, 0x1ff},
		{0x22a, 0x233}, {0x1ea0, 0x1ef9},
	} {
		for c := r[0]; c <= r[1]; c++ {
			all = append(all, string(c))
		}
	}
	all = append(all, strings.Split("ŉƇƈƏƗƠơƯưƷǞǟǢǣǤǥǦǧǨǩǪǫǬǭǮǯǰǴǵǸǹȒȓȘșȚțȞȟȧȨȩəɨʒḂḃḆḇḊḋḌḍḎḏḐḑḗḜḝḞḟḠḡḢḣḤḥḦḧḨḩḪḫḯḰḱḲḳḴḵḶḷḺḻṀṁṂṃṄṅṆṇṈṉ"+
		"ṒṓṔṕṖṗṘṙṚṛṞṟṠṡṢṣṪṫṬṭṮṯẀẁẂẃẄẅẆẇẌẍẎẏẐẑẒẓẔẕẖẗẞ", "")...)
	for accents, bases := range map[string]string{
		"\u0300": "CFGKMPSTZcfgkmpstz", "\u0304": "CFHKNPSTZcfhknpstzÛûḲḳṢṣṬṭỤụ", "\u0306": "CMNRZcmnrzÇç", "\u0308": "CTZczẠạỌọỤụ",
		"\u030b": "Aa", "\u0302": "DKLMNdklmn", "\u0301": "JÿĪī", "\u030c": "J", "\u0307": "KUku", "\u030d": "ēō", "\u0310": "Mm",
		"\u0315": "CKPTckptČč", "\u031b": "KTkt", "\u0323": "CPcpČč", "\u0325": "LRlr", "\u0326": "CHKLNchklnŽž", "\u0327": "ZzŽž",
		"\u0331": "HSs", "\u0325\u0304": "LRlr", "\u031b\u0304": "Ss", "\u0328\u0306": "Cc",
	} {
		for _, base := range bases {
			all = append(all, string(base)+accents)
		}
	}
	return append(all, "K\u035fH", "K\u035fh", "k\u035fh")
}

// others are the rest of the norm: what is no letter (N1 to N3, E1), Greek and
// Cyrillic.
const others = "'.-,`~¨´·ʹʺʾʿˈˌ’‡!\"#$%&()*+/0123456789:;<=>?@[\\]^_{|}¡¢£¥§©ª«¬®¯°±²³µ¶¹º»¿×÷€¤¦¸¼½¾ƒʰʳˆ˜ˢᵈᵗ‘‚“”„†…‰′″‹›" +
	"⁰⁴⁵⁶⁷⁸⁹ⁿ₀₁₂₃₄₅₆₇₈₉™∞≤≥ΆΈΉΊΌΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ" +
	"ЍАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯабвгдежзийклмнопрстуфхцчшщъьюяѝ"
