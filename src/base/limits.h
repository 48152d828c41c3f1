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

/* Pages of a run that are read and not yet written, and the bytes that they may hold: while one page takes long, the others are worked on
 * up to here. 4,096 pages are some seconds of work, and 64 MiB some thousand records; the page that is next to be written is always let in. */
#define CD_LIMIT_WINDOW_PAGES 4096u
#define CD_LIMIT_WINDOW_BYTES ((size_t)64 * 1024 * 1024)

/* Bytes of what --dedup remembers: about a million stories with near, three times that with exact. Later stories are still held against
 * these, but not remembered themselves. */
#define CD_LIMIT_DEDUP_BYTES ((size_t)512 * 1024 * 1024)

/* Stories that one bucket of --dedup near may hold: a form letter with a thousand variants must not make every page a thousand comparisons. */
#define CD_LIMIT_DEDUP_BUCKET 64u

/* Reasons that --stats counts apart: more than there are. */
#define CD_LIMIT_REASONS 64u

/* Bytes of one name of a file that --output-dir makes; longer ones are cut and given a hash. File systems take 255. */
#define CD_LIMIT_NAME_BYTES 240u

#endif
