/* byline.c -- chooses the byline, and takes the authors' names from it. In: a tagged page with its date. Out: fields.byline
 * and authors. Every short line from a little above the headline to a little below the story is weighed as a byline: does it
 * begin with a by-word, is it made of names, roles and outlets only, does a date stand in it or next to it, where does it
 * stand. A byline at the top wins over an author's box below the story, and that over a sign-off ("Writing by ..."). */
#include "fields/names.h"
#include "fields/stated.h"

#include "base/limits.h"

/* Points of names of which none begins with a known given name. */
enum { UNKNOWN = -4 };

/* Points below which a line is no byline, and the most that a line can have beside those for its place. */
enum { ENOUGH = 64, MOST = 134, AUTHOR_CLASS = 24 /* more, on an HTML page */ };

/* Words of the longest line that can be one; the author's box and its label are near each other. */
enum { LONGEST = 40, PLAIN_WORDS = 18, BOX = 4, CAPITALS_MIN = 200 /* per thousand */ };

typedef struct candidate {
    size_t  block;
    cd_span text; /* as printed, without date and furniture */
    int     points;
    size_t  rows; /* blocks that it spans: "By" alone on its line and the name on the next */
} candidate;

/* "Ann Lee Ann Lee" -> "Ann Lee". */
static cd_span without_echo(cd_span text)
{
    size_t words = cd_word_count(text), n = 0;
    if (words < 4 || words % 2) return text;
    cd_span rest = text, word;
    while (n < words / 2 && cd_word_take(&rest, &word)) n++;
    cd_span half = {text.ptr, (size_t)(rest.ptr - text.ptr)};
    return cd_same_words(half, rest) ? cd_trim_signs(half) : text;
}

/* Cuts words such as "Follow", "on" or "Published" off the end. */
static cd_span without_tail(const cd_tables *tables, cd_span text)
{
    const unsigned keep = CD_NAME_ROLE | CD_NAME_OUTLET | CD_NAME_PART | CD_NAME_GIVEN | CD_NAME_TITLE | CD_NAME_POST | CD_NAME_BY;
    for (;;) {
        text = cd_trim_signs(text);
        size_t at = text.len;
        while (at > 0 && text.ptr[at - 1] != ' ') at--;
        if (at == 0) return text;
        unsigned bits = cd_name_word(tables, cd_trim_signs(cd_span_sub(text, at, text.len)));
        if (!(bits & (CD_NAME_NOT | CD_NAME_AND)) || bits & keep) return text;
        text = cd_span_sub(text, 0, at);
    }
}

/* A line is cut at the first number that is a word of its own ("5 min read", "12 comments") and at a semicolon. */
static cd_span before_number(cd_span text)
{
    cd_rune first = cd_utf8_take(&(cd_span){text.ptr, text.len});
    if (!cd_is_upper(first) && !cd_is_lower(first)) return text; /* "... and 1 more" is said with a number in some scripts */
    for (size_t i = 0; i < text.len; i++) {
        bool begins = i == 0 || text.ptr[i - 1] == ' ';
        if (text.ptr[i] == ';' || (begins && text.ptr[i] >= '0' && text.ptr[i] <= '9')) return cd_span_sub(text, 0, i);
    }
    return text;
}

/* "By Ann Lee. Reviewed by Bo Day": who reviewed, edited or checked is not the author. */
static cd_span before_check(const cd_tables *tables, cd_span text)
{
    cd_span rest = text, word;
    while (cd_word_take(&rest, &word))
        if (word.ptr > text.ptr && cd_name_word(tables, word) & CD_NAME_CHECK) return cd_span_sub(text, 0, (size_t)(word.ptr - text.ptr));
    return text;
}

static bool has_letters(cd_span text) { return cd_word_count(text) > 0; }

static bool is_bar(cd_rune r) { return r == '|' || r == 0x2022 || r == 0xB7 || r == 0x2219 || r == 0x2013 || r == 0x2014; }

/* "News | Published: 5 hours ago | Written by Ann Lee": the part that begins with a by-word, or else all of the line. */
static cd_span by_part(const cd_tables *tables, cd_span line)
{
    cd_span rest = line, part = line;
    for (;;) {
        size_t  len = part.len;
        cd_rune r = CD_RUNE_END;
        for (rest = part; rest.len && !is_bar(r = cd_utf8_take(&rest));) {}
        if (is_bar(r)) len = part.len - rest.len - 1;
        cd_span one = cd_trim_signs(cd_span_sub(part, 0, len)), names = cd_names_skip_by(tables, one);
        bool by = names.len && names.len < one.len && cd_is_upper(cd_utf8_take(&(cd_span){names.ptr, names.len}));
        if (by) return cd_span_sub(line, (size_t)(one.ptr - line.ptr), line.len);
        if (!rest.len) return line;
        part = rest;
    }
}

static bool is_date_label(const cd_hit *h)
{
    return (h->field == CD_ROLE_DATE || h->field == CD_ROLE_MODIFIED) && h->rule->action == CD_ACTION_HINT;
}

/* The line without date, labels of the date and furniture; *dated says whether a date stood in it. */
static cd_span byline_text(const cd_frame *f, const cd_block *b, bool *dated)
{
    cd_span      text = by_part(&f->tables, cd_block_text(b));
    cd_date_scan scan = {.text = text, .tables = &f->tables, .language = f->page->language};
    cd_date      d = {.kind = CD_DATE_FULL};
    *dated = !b->undated && cd_date_next(&scan, &d) && d.kind != CD_DATE_TIME;
    if (d.kind == CD_DATE_RELATIVE && d.unit == 'd' && d.count < 2) *dated = false; /* "Today" is a paper, too */
    if (*dated) {
        size_t from = d.from, base = (size_t)(text.ptr - b->text.ptr);
        for (const cd_hit *h = b->hits; h; h = h->next)
            if (is_date_label(h) && h->from >= base && h->from - base < from && cd_is_beside(text, h->to - base, from)) from = h->from - base;
        cd_span front = cd_trim_signs(cd_span_sub(text, 0, from));
        cd_date again;
        while (cd_date_next(&scan, &again) && again.from <= d.to + 1) d.to = again.to; /* "May 4, 2025May 6, 2025 By Ann Lee" */
        cd_span behind = cd_span_sub(text, d.to, text.len);
        bool    signed_behind = cd_word_count(front) < 2 && cd_names_skip_by(&f->tables, cd_trim_signs(behind)).len < cd_trim_signs(behind).len;
        text = has_letters(front) && !signed_behind ? front : behind;
    }
    text = before_check(&f->tables, before_number(cd_trim_signs(text)));
    return without_echo(without_tail(&f->tables, text));
}

static bool is_date_line(const cd_frame *f, size_t i)
{
    return i < f->page->nblocks && (f->page->blocks[i].role == CD_ROLE_DATE || f->page->blocks[i].role == CD_ROLE_MODIFIED ||
                                    f->page->blocks[i].hints & (CD_BIT(CD_ROLE_DATE) | CD_BIT(CD_ROLE_MODIFIED)));
}

static bool is_role_line(const cd_frame *f, size_t i)
{
    if (i >= f->page->nblocks || f->page->blocks[i].m.words > 10) return false;
    cd_names names;
    cd_names_read(&f->tables, cd_block_text(&f->page->blocks[i]), &names);
    return names.roles > 0 && names.words < 2 && !names.strange;
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
    if (i >= f->from && i < f->to) return i - f->from < 10 ? 12 - 2 * (int)(i - f->from) : i + 12 > f->to ? -24 : -40;
    return -16 - (int)(i - f->to);
}

/* A name, and below it a longer line that begins with it: alternative text and caption of a picture. */
static bool introduces_next(const cd_frame *f, size_t i)
{
    const cd_block *b = &f->page->blocks[i];
    return i + 1 < f->page->nblocks && b[1].m.words > b->m.words + 2 && cd_starts_with_words(cd_block_text(b + 1), cd_block_text(b));
}

/* Points for a line made of names and nothing else. */
static int name_points(const cd_frame *f, size_t i, const cd_names *names, bool dated)
{
    const cd_block *b = &f->page->blocks[i];
    int             points = 44;
    if (names->other && !names->n && b->hints & CD_BIT(CD_ROLE_BYLINE)) return 74; /* an agency alone */
    if (names->strange || (names->words < 2 && !dated) || names->n == 0) return 0;
    if (names->words < 2) points -= 12;
    if (!names->given && i >= f->to) points -= 12; /* below the story stand outlets, sections and other titles, too */
    if (i < f->to && introduces_next(f, i)) return 0;
    if (b->m.ending != CD_END_NONE && b->m.words > 4) points -= 20;
    points += names->given == names->n ? 20 : names->given ? 12 : UNKNOWN;
    points += names->roles ? 10 : 0;
    points += dated ? 24 : is_date_line(f, i + 1) || (i > 0 && is_date_line(f, i - 1)) ? 14 : 0;
    points += names->outlet.ptr && names->given ? 6 : 0;
    if (!names->given && b->m.words > 4 && !b->m.cjk) points -= names->roles || dated ? 10 : 30;
    points += b->hints & CD_BIT(CD_ROLE_BYLINE) ? 10 : 0;
    points += b->times > 1 && i + 2 < f->page->nblocks && (b[1].hash == b->hash || (i > 0 && b[-1].hash == b->hash)) ? 8 : 0;
    points += is_role_line(f, i + 1) ? 12 : 0;
    if (b->markup) { /* a class that says author is nearly a by-word; where none does, words that are no known name are something else */
        bool author = cd_block_families(f->page, i, 1) & CD_FAMILY_BIT(CD_FAMILY_AUTHOR) && !cd_block_is_foreign(f->page, i);
        points += author ? AUTHOR_CLASS : names->given ? 0 : cd_block_heading(f->page, i) ? -40 : -14;
    }
    bool beside = is_date_line(f, i + 1) && names->given;
    if (i < f->head && !dated && !beside) points -= 30; /* menus are made of capitalised pairs of words */
    return points;
}

/* The name of an author's box is followed by a line about the author, or by a role and then that line. */
static int box_points(const cd_frame *f, size_t i, const cd_names *names)
{
    const cd_page *page = f->page;
    if (i < f->from + 3 || names->n != 1 || names->words < 2 || names->strange) return 0;
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
    if (words <= 6 && words > 1 && names->strange <= 2) return 84; /* "By uclahealth", "By Associated Press" */
    return names->n && words <= 12 ? 72 : 0;
}

/* "Posted in: Tech": what follows the by-word is a place of the site. */
static bool says_where(const cd_frame *f, cd_span text)
{
    cd_span rest = cd_names_skip_by(&f->tables, text), word;
    return cd_word_take(&rest, &word) && cd_is_lower(cd_utf8_take(&(cd_span){word.ptr, word.len})) && cd_name_word(&f->tables, word) & CD_NAME_PREP;
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
        return names.n && !names.strange ? k : 0;
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
    candidate c = {.block = i, .text = byline_text(f, b, &dated), .rows = i};
    cd_names        names;
    if (c.text.len < 2) return;
    cd_names_read(&f->tables, c.text, &names);
    bool bare = names.by && names.n == 0 && !has_letters(cd_names_skip_by(&f->tables, c.text));
    bare = bare || (b->m.ending == CD_END_COLON && b->m.words <= 5 && b->hints & CD_BIT(CD_ROLE_BYLINE)); /* "Author of the article:" */
    if (bare && (c.rows = names_below(f, i)) > i) c.points = 108;
    else if (names.by && !bare) c.points = says_where(f, c.text) ? 0 : by_points(b, &names, c.text);
    else if (names.roles && names.n && b->hints & CD_BIT(CD_ROLE_BYLINE) && b->m.ending != CD_END_SENTENCE)
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
    *text = byline_text(f, b, &dated);
    cd_names_read(&f->tables, cd_block_text(b), &names);
    *and_alone = b->m.words == 1 && names.n == 0 && !names.strange && !names.by && !names.roles;
    if (*and_alone) return true;
    return !dated && !names.by && !names.strange && names.given && names.given == names.n && names.words >= 2 && !names.roles &&
           !cd_same_words(*text, c->text);
}

/* Rows of separate lines: "By" / "Ann Lee" / "and" / "Bo Day". */
static cd_status join_rows(const cd_frame *f, candidate *c, cd_error *err)
{
    cd_span text;
    bool    and_alone, and_before = false, dated;
    if (c->rows > c->block) {
        text = byline_text(f, &f->page->blocks[c->rows], &dated);
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
