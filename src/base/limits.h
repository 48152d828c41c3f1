/* limits.h -- every limit of the program: its name, its number, its reason. A message that reports one names it. */
#ifndef CD_BASE_LIMITS_H
#define CD_BASE_LIMITS_H

/* Bytes of one page. The largest of 2,120 labelled news pages has 5 MB of HTML; dumps hold binaries of any size. */
#define CD_LIMIT_PAGE_BYTES ((size_t)32 * 1024 * 1024)

/* Bytes of one line of a page. A whole book fits; more than that is data, not prose, and would be one giant block. */
#define CD_LIMIT_LINE_BYTES ((size_t)4 * 1024 * 1024)

/* Lines of a page that have text: twice as many as 32 MB of wrapped prose have. Where there are more with the blank ones, each run of those
 * counts as three. */
#define CD_LIMIT_LINES ((size_t)1000000)

/* Blocks of one page. The longest live blogs have some 20,000 lines; the tables of the tagger grow with this number. */
#define CD_LIMIT_BLOCKS ((size_t)200000)

/* Elements of an HTML page inside each other. Browsers stop at 512; unclosed <font> and <b> of broken pages reach some hundreds. An end
 * tag looks through the open elements, so this number bounds what a page of end tags costs. */
#define CD_LIMIT_NESTING ((size_t)2000)

/* Steps of the path that explain shows of a block, half of them from either end; the deepest block of 2,120 pages has 42. Every block has a
 * path, so that of a page nested down to the limit above it would be thousands of times the page. */
#define CD_LIMIT_PATH_STEPS 64

/* Bytes of the text of an element that says what it holds (itemprop, time, rel=author): names and dates are short, and an articleBody
 * is in the blocks anyway. */
#define CD_LIMIT_META_TEXT ((size_t)2000)

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

/* Steps of a pattern that runs without machine code: what takes more is run anew with it, which counts steps in its own way, so that
 * the limits above mean the same on every page of a run. Far below them: what stays under this passes none of them either way. */
#define CD_LIMIT_BRIEF_STEPS 1000u

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

/* Tags, captions and notes of one record: more than that are a list of something else. */
#define CD_LIMIT_TAGS 40u
#define CD_LIMIT_CAPTIONS 60u
#define CD_LIMIT_NOTES 12u

/* Edits from either side that a word diff looks for before it shows a stretch as replaced: time grows with the square, and nobody
 * reads a diff of 4,000 words word by word. */
#define CD_LIMIT_DIFF_EDITS ((size_t)2000)

/* Bytes of the address that a link leads to, and of the one that links start from: servers take 8,000 at most, and no story's link of 2,120 pages
 * comes near. Joining takes a time that grows with the square, and every link repeats the base. */
#define CD_LIMIT_LINK_BYTES ((size_t)4096)

/* Quotes and list items inside one another in a body as Markdown, and columns of a table: renderers stop at some depth (20 tokens in one
 * of them), and every line of a block repeats its beginning. What is deeper is written at this depth; a wider table as paragraphs. */
#define CD_LIMIT_STRUCTURE ((size_t)6)
#define CD_LIMIT_TABLE_COLUMNS 60u

/* Bytes of a fixture's expected file: a record is smaller than its page, and a fixture has few. */
#define CD_LIMIT_EXPECTED_BYTES ((size_t)64 * 1024 * 1024)

/* Bytes of a fixture's name.args: three options, the longest of them an address. */
#define CD_LIMIT_SIDECAR_BYTES ((size_t)16 * 1024)
/* Containers inside one another: a zip of tars of JSON Lines. Files that unpack to themselves have no end. And packings around one
 * thing, as in page.txt.gz.xz. */
#define CD_LIMIT_CONTAINERS 3u
#define CD_LIMIT_PACKINGS 3u

/* Bytes of memory that unpacking may take. xz -9 takes 65 MiB; a file may ask for 4 GiB in its first bytes. libzstd's own limit is 128 MiB. */
#define CD_LIMIT_UNPACK_BYTES ((size_t)256 * 1024 * 1024)

/* Bytes of one line of JSON Lines: a page with every letter escaped, or its text and its HTML side by side. */
#define CD_LIMIT_JSON_LINE_BYTES ((size_t)64 * 1024 * 1024)

/* Values in one line of JSON Lines: a page has some dozens; each takes 80 bytes of memory and may be one byte long. */
#define CD_LIMIT_JSON_VALUES ((size_t)1000000)

/* How deep such a line may be nested: cJSON reads no deeper, for it reads recursively. */
#define CD_LIMIT_JSON_DEPTH ((size_t)1000)

/* Bytes of the header lines of one WARC record or HTTP message. Browsers stop at 256 KiB, and no honest page comes near. */
#define CD_LIMIT_HEAD_BYTES ((size_t)256 * 1024)

/* Statements of one page about itself. The richest of 1,600 labelled pages makes some 400; a shop's list can make any number. */
#define CD_LIMIT_META 4000u

/* Bytes of one such statement. Titles, names and addresses are far shorter; what is longer is a text or a picture in the address. */
#define CD_LIMIT_META_BYTES ((size_t)4096)

/* Bytes of a story's text as the page states it. */
#define CD_LIMIT_STATED_TEXT ((size_t)256 * 1024)

/* Bytes of one JSON-LD script: its tree takes some ten times as much memory. The largest seen has 1.4 MB. */
#define CD_LIMIT_JSON_LD_BYTES ((size_t)4 * 1024 * 1024)

/* JSON texts in the JSON-LD scripts of one page; 2,120 pages have 31 scripts at most. And entries of one list of them, authors or keywords. */
#define CD_LIMIT_JSON_LD_TEXTS 200u
#define CD_LIMIT_JSON_LD_LIST 60u

/* Objects of one page's JSON-LD that are looked at, and how deep they may lie (cJSON itself reads no deeper than 1000). */
#define CD_LIMIT_JSON_LD_OBJECTS 4000u
#define CD_LIMIT_JSON_LD_DEPTH 64u

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
