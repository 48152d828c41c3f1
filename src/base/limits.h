/* limits.h -- every limit of the program: its name, its number, its reason. A message that reports one names it. */
#ifndef CD_BASE_LIMITS_H
#define CD_BASE_LIMITS_H

/* Bytes of one page. The largest of 2,120 labelled news pages has 5 MB of HTML; dumps hold binaries of any size. */
#define CD_LIMIT_PAGE_BYTES ((size_t)32 * 1024 * 1024)

/* Bytes of one line of a page. A whole book fits; more than that is data, not prose, and would be one giant block. */
#define CD_LIMIT_LINE_BYTES ((size_t)4 * 1024 * 1024)

/* Blocks of one page. The longest live blogs have some 20,000 lines; the tables of the tagger grow with this number. */
#define CD_LIMIT_BLOCKS ((size_t)200000)

/* Bytes of one rule file, rules of one desk, bytes of one line of a rule file: far above any honest rule pack. */
#define CD_LIMIT_RULE_FILE_BYTES ((size_t)16 * 1024 * 1024)
#define CD_LIMIT_RULES 20000u
#define CD_LIMIT_RULE_LINE_BYTES ((size_t)16 * 1024)

/* Rule files for one host each: far above the number of news sites of any one collection. */
#define CD_LIMIT_SITES 200000u

/* PCRE2 limits for one match: steps, depth of backtracking, and KiB of heap. Ours stay under 2,000 steps on every page of
 * the corpus; a pattern that passes these limits is reported and counts as no match. */
#define CD_LIMIT_MATCH_STEPS 200000u
#define CD_LIMIT_MATCH_DEPTH 2000u
#define CD_LIMIT_MATCH_HEAP_KIB 4096u

/* Matches of one cutting rule in one block: a line of a million "[1]" must not make a list of a million cuts. */
#define CD_LIMIT_CUTS 200u

/* Bytes of a model file. */
#define CD_LIMIT_MODEL_BYTES ((size_t)4 * 1024 * 1024)

/* Bytes of a block that rules look at from its front and from its end where it is longer: a rule speaks about phrases, and
 * a megabyte line would make 300 rules read a megabyte each. */
#define CD_LIMIT_RULE_BLOCK_BYTES ((size_t)64 * 1024)

/* Bytes of a block in which fields look for a date, a byline or a credit: those stand in short lines. */
#define CD_LIMIT_FIELD_BYTES ((size_t)1000)

/* Longest run of digits read as a part of a date. Phone numbers run to 15 digits, identifiers to 40. */
#define CD_LIMIT_DATE_DIGITS 14u

/* Names in one byline: more than that is a list of something else. */
#define CD_LIMIT_AUTHORS 40u

/* Workers of one run: more than any machine has cores; guards against a slip in -j. */
#define CD_LIMIT_JOBS 1024u

#endif
