/* page.h -- THE struct. One cd_page walks through all rooms: each adds to it, none goes back, no block's text or place ever
 * changes. decode/ gives `text`; page/ gives blocks and their measures; rules/ give hits, hints and drops; tagger/ gives
 * roles; fields/ give fields; output/ only reads. */
#ifndef CD_PAGE_PAGE_H
#define CD_PAGE_PAGE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/span.h"
#include "base/status.h"
#include "page/markup.h"

#include <stdint.h>

enum { CD_NOT_KNOWN = -1 };

/* What a block is to the story. The list feeds the enum, the names in records, `explain`, rule files and help: a rule's
 * family is one of these names. KEPT: its words are in the record (or repeat words that are); CUT: boilerplate, counted in
 * the record's `removed` under its name. */
#define CD_ROLES(X)                                                                                                    \
    X(NONE, "none", KEPT, "not decided yet")                                                                           \
    X(BODY, "body", KEPT, "a paragraph, sub-heading, quote or list item of the story")                                 \
    X(HEADLINE, "headline", KEPT, "the story's headline, or the same words again")                                     \
    X(STANDFIRST, "standfirst", KEPT, "the lines under the headline that sum the story up")                            \
    X(BYLINE, "byline", KEPT, "who wrote it")                                                                          \
    X(DATE, "date", KEPT, "when it was published")                                                                     \
    X(MODIFIED, "modified", KEPT, "when it was changed")                                                               \
    X(DATELINE, "dateline", KEPT, "place and agency in front of the first paragraph")                                  \
    X(SOURCE, "source", KEPT, "the outlet or agency named as the source")                                              \
    X(SECTION, "section", KEPT, "the section's label at the story")                                                    \
    X(CAPTION, "caption", KEPT, "a picture's caption")                                                                 \
    X(CREDIT, "credit", KEPT, "who made a picture")                                                                    \
    X(NOTE, "note", KEPT, "an editor's note or a correction")                                                          \
    X(TAG, "tag", KEPT, "the publisher's topics for the story")                                                        \
    X(COOKIE, "cookie", CUT, "cookies, consent, privacy")                                                              \
    X(SHARE, "share", CUT, "share, print, save, follow")                                                               \
    X(NEWSLETTER, "newsletter", CUT, "newsletters, alerts, sign-up")                                                   \
    X(PROMO, "promo", CUT, "the outlet's app, shows, podcasts and channels")                                           \
    X(MEMBERSHIP, "membership", CUT, "subscription, donation, paywall and log-in")                                     \
    X(RELATED, "related", CUT, "other stories: related, recommended, read more, also read")                            \
    X(POPULAR, "popular", CUT, "most read, trending, latest")                                                          \
    X(COMMENTS, "comments", CUT, "readers' comments and what asks for them")                                           \
    X(NAV, "nav", CUT, "menus, skip links, breadcrumbs, paging")                                                       \
    X(ADVERT, "advert", CUT, "advertisements and their labels")                                                        \
    X(PLAYER, "player", CUT, "players, galleries, reading time, text size")                                            \
    X(COPYRIGHT, "copyright", CUT, "copyright and reprint lines")                                                      \
    X(BIO, "bio", CUT, "the author's box")                                                                             \
    X(SIGNOFF, "signoff", CUT, "who else reported or edited")                                                          \
    X(LEGAL, "legal", CUT, "disclaimers, imprint, terms, affiliate notices")                                           \
    X(TECHNICAL, "technical", CUT, "loading, scripts, browser and form messages")                                      \
    X(REPEAT, "repeat", CUT, "words of the story printed once more")                                                   \
    X(OTHER, "other", CUT, "outside the story, of no known kind")

typedef enum cd_role {
#define X(name, text, kept, what) CD_ROLE_##name,
    CD_ROLES(X)
#undef X
        CD_ROLE_COUNT
} cd_role;

const char *cd_role_name(cd_role role);
const char *cd_role_what(cd_role role);
bool        cd_role_is_kept(cd_role role);
cd_role     cd_role_find(cd_span name); /* CD_ROLE_COUNT where no role is called that */

#define CD_BIT(role) ((uint64_t)1 << (role))

/* Lists of what others wrote. */
#define CD_LISTS (CD_BIT(CD_ROLE_RELATED) | CD_BIT(CD_ROLE_POPULAR) | CD_BIT(CD_ROLE_COMMENTS))

/* What a rule does where it matches. */
#define CD_ACTIONS(X)                                                                                                  \
    X(DROP, "drop", "the block is boilerplate of the rule's family")                                                   \
    X(CUT, "cut", "the match is struck out of its block")                                                              \
    X(TAKE, "take", "the match is the field that its family (or its named groups) say")                                \
    X(HINT, "hint", "the block may be of the rule's family; the tagger weighs it")                                     \
    X(OPEN, "open", "here begins a region of the rule's family")                                                       \
    X(CLOSE, "close", "here a region of the rule's family ends")                                                       \
    X(KEEP, "keep", "no drop rule may take the block")                                                                 \
    X(FIX, "fix", "as take, but certain: the match is that field, whatever else the page shows")

typedef enum cd_action {
#define X(name, text, what) CD_ACTION_##name,
    CD_ACTIONS(X)
#undef X
        CD_ACTION_COUNT
} cd_action;

const char *cd_action_name(cd_action action);
const char *cd_action_what(cd_action action);

/* The part of a rule that the other rooms may see; it lives as long as the desk. */
typedef struct cd_rule_label {
    const char *name; /* "related.also-read": family, dot, detail */
    const char *why;  /* one sentence */
    cd_role     family;
    cd_action   action;
    bool        users; /* from --rules, not built in */
    const char *host;  /* the host whose file it stands in, or NULL: it is for all pages */
    size_t      number; /* its own among all rules, those of hosts included (rules.h says when) */
} cd_rule_label;

/* One match of one rule in one block. A rule with named groups leaves one hit for each group that took part. */
typedef struct cd_hit {
    struct cd_hit       *next;  /* in rule order, then in text order */
    const cd_rule_label *rule;
    cd_role              field; /* the field that `value` may be: the group's name, else the rule's family */
    bool                 whole; /* the match covers the block, but for blanks and punctuation at its ends */
    size_t               from, to; /* the match, bytes in the block's text */
    cd_span              value;    /* the group (or group 1, or the match), trimmed; points into the block's text */
} cd_hit;

/* Letters by which words are compared, so that most endings make no difference. */
enum { CD_STEM = 6 };

/* How a block ends: the first sign of whether it is prose. */
typedef enum cd_ending { CD_END_NONE, CD_END_SENTENCE, CD_END_COLON, CD_END_ELLIPSIS, CD_END_COMMA } cd_ending;

/* What can be counted in a block by itself; page/measure.c. All integers, so that every machine counts the same. */
typedef struct cd_measure {
    uint32_t words;       /* as cd_word_count() */
    uint32_t units;       /* length in hundredths of a word: a letter of a script without spaces is 55 */
    uint32_t prose;       /* weight as running text, 0 for what is none; grows with units up to 80 words */
    uint16_t stop;        /* function words of any known language, per thousand words */
    uint16_t caps;        /* capitalised among the words behind the first that have case, per thousand */
    uint16_t digits;      /* digits per thousand characters */
    uint16_t sentences;   /* ends of sentences, at most 1000 */
    uint16_t commas;      /* at most 1000 */
    uint8_t  ending;      /* cd_ending */
    bool     all_caps;    /* every word that has case is in capitals */
    bool     first_upper; /* the first letter is upper case, or of a script without case */
    bool     quote;       /* begins with a quotation mark */
    bool     cjk;         /* at least three tenths of the words are solo letters */
} cd_measure;

typedef enum cd_kind { CD_KIND_PARA, CD_KIND_ITEM } cd_kind; /* ITEM: behind a bullet or a number */

/* Where a block stands to the densest run of prose. */
typedef enum cd_place { CD_PLACE_HEAD = 1, CD_PLACE_BODY = 2, CD_PLACE_TAIL = 4, CD_PLACE_ANY = 7 } cd_place;

typedef struct cd_block {
    cd_span    text;         /* one paragraph: no line feed, single spaces, trimmed, a bullet still in front */
    size_t     core;         /* bytes of the bullet and its blank; text behind it is the item */
    uint32_t   line, line_to; /* first and last line of the input, from 1; 0 in HTML, where markup says where it stands */
    uint16_t   indent;       /* columns in front */
    uint16_t   blank;        /* blank lines in front, at most 1000; 1 at the page's first block */
    cd_kind    kind;
    uint8_t    heading;      /* of a text page in Markdown: the level of the heading that it is, 1 to 6; 0: none */
    const cd_markup *markup; /* what its tags say; NULL in plain text */
    cd_place   place;
    cd_measure m;
    uint64_t   hash;         /* cd_word_hash() of text behind the bullet */
    size_t     stem;         /* where the stems of its words (m.words of them) begin in page->stems */
    size_t     first;        /* index of the first block with the same hash: its own where there is none before */
    uint32_t   times;        /* how often these words stand on the page as a block */

    cd_hit *hits;                /* rules/: what matched here, or NULL */
    uint64_t hints;              /* rules/: CD_BIT(family) of every rule that matched here */
    const cd_rule_label *drop;   /* rules/: the rule that drops the block, or NULL */
    const cd_rule_label *keep;   /* rules/: the rule that forbids it, or NULL */

    cd_role     role;   /* tagger/, then fields/ for the blocks that they choose */
    const char *reason; /* why it has that role, where no rule decided; a literal */
    bool        undated; /* fields/: it was looked through, and no date stands in it */
} cd_block;

/* A picture's caption in the record. */
typedef struct cd_caption {
    cd_span text;
    cd_span credit; /* ptr NULL: none */
} cd_caption;

/* Lists live in the page's arena. */
typedef struct cd_spans {
    cd_span *at;
    size_t   n;
} cd_spans;

/* What a page may state about itself outside its text, as the record's keys are called; and what helps to find the story: the kind of
 * page that it is, a summary, the story's whole text. */
#define CD_META_FIELDS(X)                                                                                              \
    X(HEADLINE, "headline") X(DATE, "date") X(MODIFIED, "modified") X(AUTHOR, "authors") X(SOURCE, "source")            \
    X(SECTION, "section") X(FREE, "free_to_read") X(TAG, "tags") X(LANGUAGE, "language") X(URL, "url") X(IMAGE, "image") \
    X(TYPE, "type") X(SUMMARY, "summary") X(TEXT, "text")

typedef enum cd_meta_field {
#define X(name, text) CD_META_##name,
    CD_META_FIELDS(X)
#undef X
        CD_META_COUNT
} cd_meta_field;

/* Where it states it. */
#define CD_META_ORIGINS(X)                                                                                             \
    X(JSON_LD, "json-ld") X(OPEN_GRAPH, "open-graph") X(TWITTER, "twitter") X(TAG, "meta") X(STATE, "state")            \
    X(ITEM, "itemprop") X(TIME, "time") X(REL, "rel") X(CLASS, "class") X(LINK, "link") X(TITLE, "title") X(HTML, "html") \
    X(ADDRESS, "address") X(FRONT, "front-matter")

typedef enum cd_meta_origin {
#define X(name, text) CD_FROM_##name,
    CD_META_ORIGINS(X)
#undef X
        CD_FROM_COUNT
} cd_meta_origin;

/* Whether a value is one that stands for none ("null", "N/A"), as data/tables/nothing.tsv lists them; of an author "admin" is one, too. */
bool cd_says_nothing(cd_span value, bool author);

const char *cd_meta_field_name(cd_meta_field field);
const char *cd_meta_origin_name(cd_meta_origin origin);

/* Who a stated author is, where the page says so. */
typedef enum cd_meta_who { CD_WHO_UNKNOWN, CD_WHO_PERSON, CD_WHO_ORGANISATION } cd_meta_who;

/* One statement: a candidate for a field. */
typedef struct cd_meta {
    cd_meta_field  field;
    cd_meta_origin origin;
    cd_meta_who    who;   /* of an author */
    unsigned       rank;  /* among those of its origin and field: a smaller one is surer; 0 is best */
    cd_span        key;   /* the name that it has there: "datePublished", "og:title" */
    cd_span        value; /* plain words: no mark-up, no character references, single blanks; never empty */
    size_t         block; /* the block that it begins in, or CD_NO_BLOCK */
} cd_meta;

#define CD_NO_BLOCK ((size_t)-1)

/* All of them, in page order. `scripts`: JSON-LD that waits until the page's own address and title are known. */
typedef struct cd_metas {
    cd_meta          *at;
    size_t            n, room;
    struct cd_script *scripts, *last_script;
    bool              crowded; /* over CD_LIMIT_META: warned of once */
} cd_metas;

/* The record's values. ptr NULL: the page does not state it. */
typedef struct cd_fields {
    cd_span     headline, standfirst, date, date_text, modified, byline, dateline, source, section, image, body;
    cd_span     markdown; /* the body with its structure; ptr NULL: not asked for, or no body */
    cd_spans    authors, tags, notes;
    cd_caption *captions;
    size_t      ncaptions;
    size_t      words; /* of the body, without what Markdown adds */
    int         free;  /* 1 free to read, 0 not, CD_NOT_KNOWN */
    const cd_meta *from[CD_META_COUNT]; /* the statement that a field was taken from, or NULL: from the text */
} cd_fields;

/* What the model sees of a block (tagger/features.h): the numbers of the columns that are there for it. */
enum { CD_COLUMNS_MAX = 192 };
typedef struct cd_columns_of {
    uint16_t n;
    uint16_t at[CD_COLUMNS_MAX];
} cd_columns_of;

/* Lines that may be the headline, in their order, and what the model sees of each (tagger/candidates.c). */
typedef struct cd_candidates {
    size_t        *blocks;
    cd_columns_of *columns;
    bool          *barred; /* bylines and dates: never the headline */
    size_t         n;
    size_t         placed; /* the block right above the story's byline or date, in the form of a title; else nblocks */
} cd_candidates;

/* One sign by which the model judged, in words, as a text of the page's arena. Weights are thousandths of a unit of log-odds: above
 * 0 they speak for the story (of a candidate: for the headline), below 0 against it. */
typedef struct cd_sign {
    const char *words;
    int32_t     weight;
} cd_sign;

/* How the model judged a block or a candidate: only where somebody asks (tagger/reasons.c). The sum of `own` and `pull` is by how much a
 * block is over the model's bar. */
enum { CD_SIGNS_MAX = 5 };
typedef struct cd_judgement {
    bool    settled; /* rules or position had the last word, whatever the model says */
    size_t  block;
    int64_t own;     /* what the block's own signs say; for a candidate the whole sum, with what the lines around it add */
    int64_t pull;    /* what its neighbours add; 0 for a candidate */
    size_t  npro, ncon;
    cd_sign pro[CD_SIGNS_MAX], con[CD_SIGNS_MAX]; /* the strongest, each list with the strongest first */
} cd_judgement;

/* The best candidates for the headline, the best one first; it is taken where its sum is over `least`, or by its place. */
enum { CD_RIVALS_MAX = 3 };
typedef struct cd_judgements {
    const cd_judgement *blocks; /* one a block, or NULL: the page has no story */
    cd_judgement        rivals[CD_RIVALS_MAX];
    size_t              nrivals;
    int64_t             least;
    size_t              taken; /* the block that the model takes; else nblocks */
} cd_judgements;

/* What a program set between the words of a text page, and what its blocks have no more. */
#define CD_TEXT_MARKS(X)                                                                                               \
    X(ESCAPES, "escapes", "a string of code") X(LINE_NUMBERS, "line_numbers", "lines numbered") X(QUOTED, "quoted", "quoted") \
    X(LINK_NUMBERS, "link_numbers", "links numbered")

typedef enum cd_text_mark {
#define X(name, text, what) CD_MARKS_##name,
    CD_TEXT_MARKS(X)
#undef X
        CD_MARKS_COUNT
} cd_text_mark;

const char *cd_text_mark_name(cd_text_mark mark);
const char *cd_text_mark_what(cd_text_mark mark); /* in words, of the page: "links numbered" */

/* What the text as a whole looks like; page/measure.c. The densest run is the stretch of blocks whose prose outweighs the
 * gaps in it the most (a maximum-sum segment): nearly always the story or its middle. */
typedef struct cd_shape {
    size_t   wrap;     /* columns at which lines are hard-wrapped, 0: they are not */
    size_t   run_from, run_to; /* blocks of the densest run; equal: there is no prose */
    uint64_t prose;    /* sum of all blocks' prose */
    bool     bullets;  /* bullets mark list items on this page (else every line may have one) */
    bool     markdown; /* a text page with Markdown's signs, which its blocks have no more */
    uint64_t marks;    /* CD_BIT(cd_text_mark) of each that was undone */
} cd_shape;

/* What the rule file of a page's host says of all its dates. Zero: nothing. */
typedef enum cd_summer { CD_SUMMER_NONE, CD_SUMMER_EU, CD_SUMMER_US } cd_summer;

typedef struct cd_manner {
    char      order;  /* 03/04/2025: 'd' the day or 'm' the month comes first, or 0 */
    bool      has_zone;
    int       offset; /* minutes east of UTC in winter, of times that are printed without a zone */
    cd_summer summer; /* by whose rule clocks go an hour ahead in summer */
} cd_manner;

typedef struct cd_page {
    cd_arena *arena; /* owns all that hangs on this struct */

    /* from run/: what is known of the input. */
    cd_span   name;   /* the record's `input` */
    long long record; /* -1: none */
    cd_span   url;    /* ptr NULL: not given */
    cd_span   id, kept; /* JSON that the record repeats; ptr NULL: none */
    cd_span   now;    /* reference instant for relative dates, ISO 8601; ptr NULL: none */
    bool      wants_structure, wants_links; /* fields.markdown is asked for; with the targets of its links */

    /* from decode/ */
    cd_span     text;     /* clean UTF-8, lines apart by '\n' */
    const char *encoding; /* what it was read as, "UTF-8", "WINDOWS-1252", ... in the arena */
    size_t      replaced; /* bad sequences and NULs that became U+FFFD */

    cd_format   format; /* never CD_FORMAT_AUTO */

    /* from page/ */
    cd_block *blocks;
    size_t    nblocks;
    uint32_t *stems; /* of all blocks' words: a hash of the word's first CD_STEM letters, or 0 for words that say nothing */
    cd_element *elements; /* HTML: the block-level elements that hold blocks */
    size_t    nelements;
    cd_shape  shape;
    const char *language; /* BCP 47 of the prose, a literal, or NULL: not known */
    cd_metas    metas;    /* what the page states about itself; empty for text */
    cd_span     base;     /* what links start from, where they are asked for; empty: nothing is known */

    /* from rules/, tagger/, fields/ */
    cd_manner   manner;   /* rules/: how the page's site writes dates */
    uint64_t    fixed;    /* rules/: CD_BIT(field) of every field that a rule has fixed */
    size_t      head;     /* tagger/: the block of the headline, or nblocks */
    size_t      body_from, body_to; /* tagger/: first body block and the one after the last; equal: none */
    bool        consent; /* tagger/: no story but a consent wall */
    int         confidence; /* tagger/: the F1 that the body may be expected to have, in hundredths; CD_NOT_KNOWN */
    int         expected;   /* tagger/: the same in millionths before it is held against what such pages had */
    const cd_columns_of *columns; /* tagger/: what the model saw of each block, for --dump features; NULL: it saw none */
    const cd_candidates *candidates; /* the same for the headline */
    const cd_judgements *judged; /* tagger/: why, where somebody asks; else NULL */
    cd_fields   fields;
    cd_state    state;
    const char *reason;   /* the record's `reason`, a literal, or NULL */
    uint64_t    steps, steps_max; /* work done and allowed: cd_page_spend(); 0 allowed: any */
    uint64_t    hash_key; /* of its hash tables (base/hash.h): no output depends on it */
    cd_buf     *warnings; /* problems that do not stop the page, a line each; belongs to run/ */
} cd_page;

/* Notes a problem that does not stop the page; main.c's stderr shows it behind the input's name. Never fails: where memory
 * is short the warning is lost. */
void cd_page_warn(cd_page *page, const char *format, ...) CD_PRINTF(2, 3);

/* The same, unless these words were noted before. */
void cd_page_warn_once(cd_page *page, const char *format, ...) CD_PRINTF(2, 3);

/* Counts work on the page, in steps: bytes looked at, more or less. They depend on the page, the rules and the options alone, never on
 * the clock or on the pages before. CD_ELIMIT, reason "too_much_work": more than page->steps_max. */
CD_MUST_USE cd_status cd_page_spend(cd_page *page, uint64_t steps, cd_error *err);

/* page/text.c: lines of page->text -> page->blocks. CD_ELIMIT: a line or the number of blocks is over its limit. */
CD_MUST_USE cd_status cd_page_split(cd_page *page, cd_error *err);

/* page/html.c: the markup in page->text -> page->blocks and page->elements; what the page says of itself goes to meta.h. CD_ELIMIT: it
 * is nested too deep, or the number of blocks or the length of one is over its limit. */
CD_MUST_USE cd_status cd_page_parse(cd_page *page, cd_error *err);

/* page/link.c: the page's first <base>, as it stands; once the page's own address is known too, what links start from. */
CD_MUST_USE cd_status cd_page_take_base(cd_page *page, cd_span href, cd_error *err);
CD_MUST_USE cd_status cd_page_settle_base(cd_page *page, cd_error *err);

/* page/link.c: where a link of the page leads: `href` against <base> and the page's address, or as it stands where neither is known or it is
 * no address. In the page's arena. */
CD_MUST_USE cd_status cd_page_link(const cd_page *page, cd_span href, cd_span *out, cd_error *err);

/* page/place.c: the prose in each element, and which families and tags around it tell something. After cd_page_measure(). */
void cd_page_weigh_elements(cd_page *page);

/* Where an element stands, as an XPath over the elements that part blocks: "/body/div[2]/article/p[3]", behind what `path` holds.
 * Of more than CD_LIMIT_PATH_STEPS steps the middle ones are left out, and "…" stands for them: no XPath then, but short. */
CD_MUST_USE cd_status cd_element_path(const cd_page *page, uint32_t element, cd_buf *path);

/* page/measure.c: counts in every block, equal blocks, the language, the densest run and each block's place. */
CD_MUST_USE cd_status cd_page_measure(cd_page *page, cd_error *err);

/* page/measure.c: the stem by which page->stems compare a word, or 0 for one that says nothing. */
uint32_t cd_stem_of(cd_span word);

/* page/language.c: the language whose function words `text` holds most of, as a literal, or NULL where none stands out. */
const char *cd_language_of(cd_span text);

#endif
