/* byline.c -- chooses the byline, and takes the authors' names from it. In: a tagged page with its date. Out: fields.byline
 * and authors. Every short line from a little above the headline to a little below the story is weighed as a byline: does it
 * begin with a by-word, is it made of names, roles and outlets only, does a date stand in it or next to it, where does it
 * stand. A byline at the top wins over an author's box below the story, and that over a sign-off ("Writing by ..."). */
#include "fields/names.h"
#include "fields/stated.h"

#include "base/limits.h"

/* Points of names of which none begins with a known given name; of a reporter without a name, whose line may be a role below one. */
enum { UNKNOWN = -4, DESK = 46 };

/* Points below which a line is no byline, and the most that a line can have beside those for its place. */
enum { ENOUGH = 64, MOST = 134, AUTHOR_CLASS = 24 /* more, on an HTML page */ };

/* The first byte of letters of Chinese, Japanese and Korean. */
enum { CJK = 0xE3, PARTED_BYTES = 16 /* of a name of five such letters and a blank */ };

/* Words of the longest name of people who sign together; bytes of the article in front of it. */
enum { GROUP_WORDS = 5, ARTICLE_BYTES = 3 };

/* Words of the longest line that can be one; the author's box and its label are near each other. */
enum { UNDER_STANDFIRST = 12 /* blocks */, LONGEST = 40, PLAIN_WORDS = 18, BOX = 4, CAPITALS_MIN = 200 /* per thousand */ };

typedef struct candidate {
    size_t  block;
    cd_span text; /* as printed, without date and furniture */
    int     points;
    size_t  rows; /* blocks that it spans: "By" alone on its line and the name on the next */
} candidate;

static bool is_date_line(const cd_frame *f, size_t i)
{
    return i < f->page->nblocks && (f->page->blocks[i].role == CD_ROLE_DATE || f->page->blocks[i].role == CD_ROLE_MODIFIED ||
                                    f->page->blocks[i].hints & (CD_BIT(CD_ROLE_DATE) | CD_BIT(CD_ROLE_MODIFIED)));
}

/* Whether a line about the date stands right above or below; lines without a word do not count. */
static bool is_beside_date(const cd_frame *f, size_t i)
{
    size_t above = i, below = i + 1;
    while (below < f->page->nblocks && below < i + 3 && cd_block_is_empty(&f->page->blocks[below])) below++;
    while (above > 0 && above + 2 > i && cd_block_is_empty(&f->page->blocks[above - 1])) above--;
    return is_date_line(f, below) || (above > 0 && is_date_line(f, above - 1));
}

/* "The Harbour Team", "Gazette Staff": people who sign together. Words in front are capitalised but for an article. */
static bool is_group(const cd_frame *f, cd_span text)
{
    cd_span  rest = cd_names_skip_by(&f->tables, text), word;
    unsigned bits = 0;
    size_t   n = 0, own = rest.len < text.len; /* words that are no common ones; behind a by-word all may be */
    while (cd_word_take(&rest, &word) && n < GROUP_WORDS) {
        bits = cd_name_word(&f->tables, word);
        bool upper = cd_is_upper(cd_utf8_take(&(cd_span){word.ptr, word.len}));
        bool article = n == 0 && bits & (CD_NAME_PART | CD_NAME_NOT) && word.len <= ARTICLE_BYTES;
        if (!upper && !article && !(bits & CD_NAME_GROUP)) return false;
        own += !article && !(bits & (CD_NAME_GROUP | CD_NAME_NOT | CD_NAME_COMMON | CD_NAME_PREP));
        n++;
    }
    return n > 1 && bits & CD_NAME_GROUP && own && cd_word_count(rest) == 0;
}

static bool is_role_line(const cd_frame *f, size_t i)
{
    if (i >= f->page->nblocks || f->page->blocks[i].m.words > 10) return false;
    cd_names names;
    cd_names_read(&f->tables, cd_block_text(&f->page->blocks[i]), &names);
    return names.roles > 0 && names.words < 2 && !names.strange;
}

/* Whether a line stands right above the story's second block, and nothing of the story but one block above it, which may be the standfirst. */
static bool is_under_standfirst(const cd_frame *f, size_t i)
{
    const cd_block *b = f->page->blocks;
    if (i <= f->from || i >= f->to || i > f->from + UNDER_STANDFIRST) return false;
    for (size_t k = f->from + 1; k <= i; k++)
        if (b[k].role == CD_ROLE_BODY) return false;
    while (++i < f->to && cd_block_is_empty(&b[i])) {}
    return i < f->to && b[i].role == CD_ROLE_BODY;
}

/* Points for standing where bylines stand. */
static int place_points(const cd_frame *f, size_t i)
{
    if (cd_frame_in_head(f, i)) {
        size_t far = f->has_head ? i - f->head : f->from - i;
        return far < 30 ? 24 - (int)far / 2 : 8;
    }
    if (i < f->head) return -8 - 2 * (int)(f->head - i);
    if (i > f->from + 3 && f->page->blocks[i].hints & CD_BIT(CD_ROLE_SIGNOFF)) return -30;
    if (i > f->from + 5 && is_under_standfirst(f, i)) return 2;
    if (i >= f->from && i < f->to) return i - f->from < 10 ? 12 - 2 * (int)(i - f->from) : i + 12 > f->to ? -24 : -40;
    return -16 - (int)(i - f->to);
}

/* A name, and below it a longer line that begins with it: alternative text and caption of a picture. */
static bool introduces_next(const cd_frame *f, size_t i)
{
    const cd_block *b = &f->page->blocks[i];
    return i + 1 < f->page->nblocks && b[1].m.words > b->m.words + 2 && cd_starts_with_words(cd_block_text(b + 1), cd_block_text(b));
}

static bool begins_with_group(const cd_frame *f, const cd_block *b)
{
    cd_span rest = cd_block_text(b), word;
    return cd_word_take(&rest, &word) && cd_name_word(&f->tables, word) & CD_NAME_GROUP;
}

/* Japanese puts a blank nowhere but between family and given name. */
static bool is_parted_in_japanese(const cd_frame *f, size_t i, const cd_names *names)
{
    const char *language = f->page->language;
    return language && cd_span_starts(cd_span_of(language), CD_SPAN("ja")) && names->n == 1 && names->words == 2 &&
           names->at[0].len <= PARTED_BYTES && (unsigned char)*names->at[0].ptr > CJK && is_beside_date(f, i);
}

/* Whether nothing but its length makes a name of a line: in scripts without case every short word looks like one. */
static bool is_any_word(const cd_frame *f, size_t i, const cd_names *names)
{
    return names->caseless && !names->given && !names->roles && !is_parted_in_japanese(f, i, names) && !(cd_block_families(f->page, i, 1) & CD_FAMILY_BIT(CD_FAMILY_AUTHOR));
}

/* Whether a statement of an HTML page names that author. */
static bool is_stated(const cd_page *page, cd_span name)
{
    for (size_t i = 0; i < page->metas.n; i++)
        if (page->metas.at[i].field == CD_META_AUTHOR && cd_same_words(page->metas.at[i].value, name)) return true;
    return false;
}

/* A lone word at a date, which no rule knows, may be a label of it, as "Aktualizacja" is; one in front of it is a name in English, where all
 * such labels are known. */
static bool may_be_label(const cd_page *page, const cd_block *b, cd_span word)
{
    bool name = page->language && cd_span_starts(cd_span_of(page->language), CD_SPAN("en"));
    for (const char *c = b->text.ptr; c < word.ptr && name; c++) name = !(*c >= '0' && *c <= '9');
    return !name && !is_stated(page, word);
}

/* Points for a line made of names and nothing else. */
static int name_points(const cd_frame *f, size_t i, const cd_names *names, bool dated)
{
    const cd_block *b = &f->page->blocks[i];
    int             points = 44;
    if ((names->other || names->outlet.ptr) && !names->n && !names->strange && b->hints & CD_BIT(CD_ROLE_BYLINE)) return 74; /* an agency alone */
    if (names->roles && !dated && b->m.words > 1 && !names->n && !names->strange && b->hints & CD_BIT(CD_ROLE_BYLINE)) return DESK; /* "Staff Reporter" */
    if (names->agency && !names->n && !names->strange && cd_frame_in_head(f, i) && is_beside_date(f, i)) return 74;
    if (names->agency && !names->n && !names->strange && begins_with_group(f, b)) return 74; /* "Redazione ANSA" */
    if (names->strange || names->n == 0) return 0;
    if (is_any_word(f, i, names)) return 0;
    const bool beside = is_beside_date(f, i), alone = names->words < 2;
    if (alone && dated && names->n == 1 && !names->given && !(b->hints & CD_BIT(CD_ROLE_BYLINE)) && may_be_label(f->page, b, names->at[0])) return 0;
    const bool first = alone && beside && names->given && cd_frame_in_head(f, i) && !(i + 1 < f->page->nblocks && b[1].m.words == 1); /* "Ann" above "Lee" */
    if (alone && !dated && !first) return 0;
    if (alone) points -= 12;
    if (!names->given && i >= f->to) points -= 12; /* below the story stand outlets, sections and other titles, too */
    if (i < f->to && introduces_next(f, i)) return 0;
    if (b->m.ending != CD_END_NONE && b->m.words > 4) points -= 20;
    points += names->given == names->n ? 20 : names->given ? 12 : UNKNOWN;
    points += names->roles ? 10 : 0;
    points += dated ? 24 : beside ? 14 : 0;
    points += names->outlet.ptr && names->given ? 6 : 0;
    if (!names->given && b->m.words > 4 && !b->m.cjk) points -= names->roles || dated ? 10 : 30;
    points += b->hints & CD_BIT(CD_ROLE_BYLINE) ? 10 : 0;
    points += b->times > 1 && i + 2 < f->page->nblocks && (b[1].hash == b->hash || (i > 0 && b[-1].hash == b->hash)) ? 8 : 0;
    points += is_role_line(f, i + 1) ? 12 : 0;
    if (b->markup) { /* a class that says author is nearly a by-word; where none does, words that are no known name are something else */
        bool author = cd_block_families(f->page, i, 1) & CD_FAMILY_BIT(CD_FAMILY_AUTHOR) && !cd_block_is_foreign(f->page, i);
        points += author ? AUTHOR_CLASS : names->given ? 0 : cd_block_heading(f->page, i) ? -40 : -14;
    }
    if (i < f->head && !dated && !(is_date_line(f, i + 1) && names->given)) points -= 30; /* menus are made of capitalised pairs of words */
    return points;
}

/* The name of an author's box is followed by a line about the author, or by a role and then that line. */
static int box_points(const cd_frame *f, size_t i, const cd_names *names)
{
    const cd_page *page = f->page;
    if (i < f->from + 3 || names->n != 1 || names->words < 2 || names->strange || (i < f->to && !names->given)) return 0;
    cd_span first = names->at[0], word;
    if (!cd_word_take(&first, &word)) return 0;
    for (size_t k = i + 1; k < page->nblocks && k <= i + BOX; k++) {
        const cd_block *b = &page->blocks[k];
        if (b->m.words > 8 && ((names->given && cd_starts_with_words(cd_block_text(b), word)) || cd_starts_with_words(cd_block_text(b), names->at[0]))) return 110;
    }
    return is_role_line(f, i + 1) ? 84 : 0;
}

static int by_points(const cd_block *b, const cd_names *names, cd_span text)
{
    size_t words = cd_word_count(text);
    if (b->m.ending == CD_END_SENTENCE && words > 14) return names->words >= 2 && names->given ? 80 : 0; /* "By Ann Lee, who ..." */
    if (names->n && names->words >= 2 && names->strange <= 1) return 104;
    if (names->n && names->roles && (unsigned char)*names->at[0].ptr >= CJK && names->strange == 0) return 92; /* where each letter is a word */
    if (words <= 6 && words > 1 && names->strange <= 2) return names->given ? 96 : 84; /* "By Ann", "By uclahealth", "By Associated Press" */
    return names->n && words <= 12 ? 72 : 0;
}

static int group_points(const cd_frame *f, size_t i, const cd_names *names, bool dated)
{
    return names->by ? 100 : dated || is_beside_date(f, i) ? 60 : 44;
}

/* "Posted in: Tech": what follows the by-word is a place of the site; or a single word that is in no name. */
static bool says_where(const cd_frame *f, cd_span text)
{
    cd_span rest = cd_names_skip_by(&f->tables, text), word;
    if (rest.len == text.len || !cd_word_take(&rest, &word)) return false;
    const unsigned bits = cd_name_word(&f->tables, word);
    return cd_is_lower(cd_utf8_take(&(cd_span){word.ptr, word.len})) ? (bits & CD_NAME_PREP) != 0 : bits == CD_NAME_NOT && cd_word_count(rest) == 0;
}

/* A line with a by-word and nothing else: the names stand on the next one. */
static size_t names_below(const cd_frame *f, size_t i)
{
    for (size_t k = i + 1; k < f->page->nblocks && k <= i + 2; k++) {
        const cd_block *b = &f->page->blocks[k];
        cd_names        names;
        if (cd_block_is_empty(b)) continue;
        if (b->m.words > 16 || b->m.ending == CD_END_SENTENCE) return 0;
        cd_names_read(&f->tables, cd_block_text(b), &names);
        return (names.n && !names.strange) || is_group(f, cd_block_text(b)) ? k : 0;
    }
    return 0;
}

static void weigh(const cd_frame *f, size_t i, candidate *best)
{
    const cd_block *b = &f->page->blocks[i];
    bool            dated;
    int             place = place_points(f, i);
    int             least = best->points + (i > best->block ? 1 : 0); /* of two that are as good the upper one counts */
    int             most = place + (b->markup ? MOST + AUTHOR_CLASS : MOST);
    if (most < ENOUGH || most < least) return;
    if (b->m.words > LONGEST) return;
    candidate c = {.block = i, .text = cd_byline_text(f, b, &dated), .rows = i};
    cd_names        names;
    if (c.text.len < 2 || cd_says_nothing(cd_names_skip_by(&f->tables, c.text), true)) return; /* "By admin" */
    cd_names_read(&f->tables, c.text, &names);
    bool bare = names.by && names.n == 0 && cd_word_count(cd_names_skip_by(&f->tables, c.text)) == 0;
    bare = bare || (b->m.ending == CD_END_COLON && b->m.words <= 5 && b->hints & CD_BIT(CD_ROLE_BYLINE)); /* "Author of the article:" */
    if (bare && (c.rows = names_below(f, i)) > i) c.points = 108;
    else if (!names.given && (names.by || cd_frame_in_head(f, i) || is_beside_date(f, i)) && is_group(f, c.text)) c.points = group_points(f, i, &names, dated);
    else if (names.by && !bare) c.points = says_where(f, c.text) ? 0 : by_points(b, &names, c.text);
    else if (names.agency && !names.n && b->hints & CD_BIT(CD_ROLE_BYLINE) && b->m.words <= 9) c.points = 84; /* "20 Minutes avec AFP" */
    else if (names.roles && names.n && (b->hints & CD_BIT(CD_ROLE_BYLINE) || (unsigned char)*names.at[0].ptr >= CJK) && b->m.ending != CD_END_SENTENCE)
        c.points = 92; /* the word for reporter behind the name */
    else if (!bare) c.points = name_points(f, i, &names, dated);
    int box = box_points(f, i, &names);
    if (box > c.points) c.points = box;
    if (c.points == 0) return;
    if (names.by && dated) c.points += 14;
    c.points += place;
    if (c.points >= ENOUGH && c.points >= least) *best = c;
}

/* Blocks above the headline in which a byline is one whatever list it seems to be of. */
enum { ABOVE = 3 };

static bool repeats_headline(const cd_frame *f, const cd_block *b)
{
    cd_span headline = f->page->fields.headline, text = cd_block_text(b);
    return headline.len && b->m.words > 2 && (cd_starts_with_words(headline, text) || cd_starts_with_words(text, headline));
}

/* Cheap signs that a line is no byline, asked before any word of it is looked up: most lines end here. */
static bool looks_plain(const cd_block *b)
{
    if (b->hints & CD_BIT(CD_ROLE_BYLINE)) return false;
    if (b->m.words > PLAIN_WORDS || (b->m.ending == CD_END_SENTENCE && b->m.words > 6)) return true;
    if (b->m.words <= 6) return false;
    cd_span text = cd_trim_signs(cd_block_text(b));
    cd_rune first = cd_utf8_take(&text);
    return cd_is_lower(first) || (cd_is_upper(first) && b->m.caps < CAPITALS_MIN); /* names are capitalised */
}

/* "SOURCE Harbour Works"; but "Ann Lee3 hours ago", which has the shape of an outlet and its date, may be the writer. */
static bool names_source(const cd_block *b)
{
    const cd_hit *named = cd_hit_of(b, CD_ROLE_SOURCE);
    return named && named->rule->action == CD_ACTION_TAKE && cd_span_ends(b->text, named->value);
}

static bool may_be(const cd_frame *f, size_t i)
{
    const cd_block *b = &f->page->blocks[i];
    cd_span         source = f->page->fields.source;
    if (looks_plain(b)) return false;
    if (source.len && source.ptr >= b->text.ptr && source.ptr < b->text.ptr + b->text.len) return false;
    if (i >= f->to && names_source(b)) return false;
    if (i == f->page->head || repeats_headline(f, b) || b->text.len > CD_LIMIT_FIELD_BYTES || b->m.words > LONGEST || cd_block_is_empty(b)) return false;
    bool near = cd_frame_in_head(f, i) || (f->has_head && i < f->head && i + ABOVE >= f->head); /* below a list, above the headline */
    if (cd_block_is_open(b) || (b->hints & CD_BIT(CD_ROLE_BYLINE) && b->m.words <= 12 && near)) return true;
    return b->role == CD_ROLE_BODY && (b->hints & CD_BIT(CD_ROLE_BYLINE) || (b->m.words <= 12 && b->m.ending != CD_END_SENTENCE));
}

/* Deep inside the story no line is a byline. */
static bool is_deep(const cd_frame *f, size_t i) { return i > f->from + 12 && i + 14 < f->to; }

static bool is_candidate(const cd_frame *f, size_t i)
{
    return (!is_deep(f, i) || f->page->blocks[i].hints & CD_BIT(CD_ROLE_SIGNOFF)) && may_be(f, i);
}

/* Whether a line below the byline is one more author and nothing else. */
static bool is_one_more(const cd_frame *f, const candidate *c, size_t i, bool *and_alone, cd_span *text)
{
    if (i >= f->page->nblocks || i == f->page->head || f->page->blocks[i].m.words > 8) return false;
    const cd_block *b = &f->page->blocks[i];
    cd_names        names;
    bool            dated;
    if (cd_block_is_empty(b) || !cd_block_is_open(b)) return false;
    *text = cd_byline_text(f, b, &dated);
    cd_names_read(&f->tables, cd_block_text(b), &names);
    *and_alone = b->m.words == 1 && names.n == 0 && !names.strange && !names.by && !names.roles;
    if (*and_alone) return true;
    return !dated && !names.by && !names.strange && names.given && names.given == names.n && names.words >= 2 &&
           !cd_same_words(*text, c->text);
}

/* Rows of separate lines: "By" / "Ann Lee" / "and" / "Bo Day". */
static cd_status join_rows(const cd_frame *f, candidate *c, cd_error *err)
{
    cd_span text;
    bool    and_alone, and_before = false, dated;
    if (c->rows > c->block) {
        text = cd_byline_text(f, &f->page->blocks[c->rows], &dated);
        if (f->page->blocks[c->block].m.ending == CD_END_COLON) c->text = text; /* a label, not a by-word */
        else CD_TRY(cd_span_join(f->page, c->text, " ", text, &c->text, err));
        cd_give_role(&f->page->blocks[c->rows], CD_ROLE_BYLINE, "the byline's names");
    }
    for (size_t i = c->rows + 1; i < c->rows + 12 && i < f->page->nblocks; i++) {
        const cd_block *b = &f->page->blocks[i];
        if (cd_block_is_empty(b) && cd_span_find(b->text, CD_SPAN(",")) < b->text.len) continue; /* a comma on a line of its own */
        if (!is_one_more(f, c, i, &and_alone, &text)) break;
        cd_give_role(&f->page->blocks[i], CD_ROLE_BYLINE, "one more author");
        if (cd_span_find(c->text, text) < c->text.len && !and_alone) continue;
        CD_TRY(cd_span_join(f->page, c->text, and_alone || and_before ? " " : ", ", text, &c->text, err));
        and_before = and_alone;
    }
    return CD_OK;
}

cd_status cd_field_byline(const cd_frame *f, cd_error *err)
{
    candidate best = {.points = 0};
    size_t    begin = f->has_head ? f->head : f->from; /* where most bylines stand: what is found there spares a look at lines elsewhere */
    if (begin < f->top) begin = f->top;
    for (size_t i = begin; i < f->foot; i++)
        if (is_candidate(f, i)) weigh(f, i, &best);
    for (size_t i = begin < f->foot ? begin : f->foot; i-- > f->top;)
        if (is_candidate(f, i)) weigh(f, i, &best);
    if (best.points == 0) return CD_OK;
    cd_block *b = &f->page->blocks[best.block];
    if (b->role != CD_ROLE_SIGNOFF) cd_give_role(b, CD_ROLE_BYLINE, "the story's byline");
    CD_TRY(join_rows(f, &best, err));
    f->page->fields.byline = best.text;
    return CD_OK;
}

static cd_status take_from_byline(const cd_frame *f, cd_error *err)
{
    cd_names names;
    cd_span  byline = f->page->fields.byline;
    if (byline.len == 0) return CD_OK;
    cd_names_read(&f->tables, byline, &names);
    if (names.n == 0) cd_names_read_others(&f->tables, byline, &names);
    for (size_t i = 0; i < names.n; i++)
        CD_TRY(cd_spans_add(f->page, &f->page->fields.authors, CD_LIMIT_AUTHORS, names.at[i], err));
    return CD_OK;
}

cd_status cd_field_authors(const cd_frame *f, cd_error *err)
{
    CD_TRY(take_from_byline(f, err));
    return f->page->metas.n ? cd_field_authors_stated(f, err) : CD_OK;
}
