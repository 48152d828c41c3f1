/* bylinetext.c -- the part of a line that would be the byline. In: a short line. Out: the line without date, labels of the date, numbers,
 * who checked it, buttons, and what is said twice. */
#include "fields/internal.h"
#include "fields/names.h"

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

/* Whether `front` ends in one name, or in one and an initial or a given name, behind a by-word, "and" or a comma: "By Ann" wants the
 * surname behind it. */
static bool wants_surname(const cd_tables *tables, cd_span front)
{
    cd_span     name = cd_names_skip_by(tables, front), word = {NULL, 0};
    size_t      n = 0;
    const char *end = name.ptr;
    while (cd_word_take(&name, &word)) {
        unsigned bits = cd_name_word(tables, word);
        n = bits & CD_NAME_AND && word.ptr[0] >= 'a' ? 0 : memchr(end, ',', (size_t)(word.ptr - end)) ? 1 : n + 1;
        end = word.ptr + word.len;
        if (n == 2 && word.len > 1 && !(bits & CD_NAME_GIVEN)) n = 3;
    }
    return n == 1 || n == 2;
}

/* Cuts words such as "Follow", "on" or "Published" off the end. */
static cd_span without_tail(const cd_tables *tables, cd_span text)
{
    const unsigned keep = CD_NAME_ROLE | CD_NAME_OUTLET | CD_NAME_PART | CD_NAME_GIVEN | CD_NAME_TITLE | CD_NAME_POST | CD_NAME_BY;
    for (bool read_more = false;;) {
        text = cd_trim_signs(text);
        size_t at = text.len;
        while (at > 0 && text.ptr[at - 1] != ' ') at--;
        if (at == 0) return text;
        unsigned bits = cd_name_word(tables, cd_trim_signs(cd_span_sub(text, at, text.len)));
        bool     part = bits & CD_NAME_PART && !(bits & (CD_NAME_GIVEN | CD_NAME_BY)) && text.ptr[at] >= 'a' && text.ptr[at] <= 'z'; /* "AFP le" */
        if (!part && (!(bits & (CD_NAME_NOT | CD_NAME_AND)) || bits & keep)) return text;
        if (bits & CD_NAME_SURNAME && !read_more && wants_surname(tables, cd_span_sub(text, 0, at))) return text;
        read_more = bits & CD_NAME_SURNAME;
        text = cd_span_sub(text, 0, at);
    }
}

/* A line is cut at the first number that is a word of its own ("5 min read", "12 comments") and at a semicolon; a name may begin with a
 * number right behind a by-word ("By 3D Works"), and an outlet in a line that is `sure` to be a byline. */
static cd_span before_number(const cd_tables *tables, cd_span text, bool sure)
{
    const size_t begin = (size_t)(cd_names_skip_by(tables, text).ptr - text.ptr);
    cd_rune first = cd_utf8_take(&(cd_span){text.ptr, text.len});
    if (!cd_is_upper(first) && !cd_is_lower(first)) return text; /* "... and 1 more" is said with a number in some scripts */
    for (size_t i = 0; i < text.len; i++) {
        if (i == 0 && sure) continue;
        bool begins = (i == 0 || text.ptr[i - 1] == ' ') && (begin == 0 || i != begin);
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

/* The part in front of the next bar; *rest is what stands behind that. */
static cd_span take_part(cd_span *rest)
{
    cd_span part = *rest;
    for (;;) {
        const char *at = rest->ptr;
        if (!rest->len || is_bar(cd_utf8_take(rest))) {
            part.len = (size_t)(at - part.ptr);
            return cd_trim_signs(part);
        }
    }
}

static bool begins_by(const cd_tables *tables, cd_span text) { return cd_names_skip_by(tables, cd_trim_signs(text)).len < cd_trim_signs(text).len; }

/* "News | Published: 5 hours ago | Written by Ann Lee": from the part on that begins with a by-word, or else all of the line. */
static cd_span by_part(const cd_tables *tables, cd_span line)
{
    for (cd_span rest = line; rest.len;) {
        cd_span one = take_part(&rest), names = cd_names_skip_by(tables, one);
        if (names.len && names.len < one.len && cd_is_upper(cd_utf8_take(&(cd_span){names.ptr, names.len})))
            return cd_span_sub(line, (size_t)(one.ptr - line.ptr), line.len);
    }
    return line;
}

/* "30 min · 6279 words · Ann Lee": the first part that is a name and nothing else, or else all of the text. */
static cd_span name_part(const cd_tables *tables, cd_span text)
{
    cd_names names;
    size_t   parts = 0;
    for (cd_span rest = text; rest.len; parts++) {
        cd_span one = take_part(&rest);
        if (parts == 0 && !rest.len) return text;
        cd_names_read(tables, one, &names);
        if (names.n == 1 && names.words > 1 && !names.strange && !names.other) return one;
    }
    return text;
}

static bool names_nobody(const cd_tables *tables, cd_span text)
{
    cd_names names;
    cd_names_read(tables, text, &names);
    return names.n == 0;
}

static bool names_somebody(const cd_tables *tables, cd_span text)
{
    cd_names names;
    cd_names_read(tables, cd_trim_signs(text), &names);
    return names.n && names.words > 1 && names.given && !names.strange;
}

static bool is_date_label(const cd_hit *h)
{
    return (h->field == CD_ROLE_DATE || h->field == CD_ROLE_MODIFIED) && h->rule->action == CD_ACTION_HINT;
}

static bool ends_in_colon(cd_span text)
{
    size_t end;
    text = cd_span_trim(text);
    cd_rune last = cd_utf8_last(text, &end);
    return last == ':' || last == 0xFF1A;
}

/* "Anna Ost | Changed: 4 May 2025": words that end in a colon in front of a date are a label of it, back to the next bar or comma, whatever
 * they mean; but "By: 4 May" has a by-word there, and a person may stand in front of a label without a sign between them. */
static cd_span without_label(const cd_tables *tables, cd_span front)
{
    if (!ends_in_colon(front) || begins_by(tables, front) || names_somebody(tables, front)) return front;
    size_t at = 0;
    for (cd_span rest = front; rest.len;) {
        cd_rune r = cd_utf8_take(&rest);
        if (is_bar(r) || r == ',') at = (size_t)(rest.ptr - front.ptr);
    }
    return cd_span_sub(front, 0, at);
}

/* What is left of a line in front of its date, or behind it; dates behind that one are passed where they stand next to it or a by-word
 * follows ("May 4, 2025 May 6, 2025 By Ann Lee"). */
static cd_span beside_date(const cd_frame *f, const cd_block *b, cd_span text, cd_date_scan *scan, const cd_date *d)
{
    size_t from = d->from, to = d->to, base = (size_t)(text.ptr - b->text.ptr);
    for (const cd_hit *h = b->hits; h; h = h->next)
        if (is_date_label(h) && h->from >= base && h->from - base < from && cd_is_beside(text, h->to - base, from)) from = h->from - base;
    cd_span front = cd_trim_signs(without_label(&f->tables, cd_span_sub(text, 0, from)));
    cd_date again;
    while (cd_date_next(scan, &again))
        if (again.from <= to + 1 || (has_letters(cd_span_sub(text, to, again.from)) && ends_in_colon(cd_span_sub(text, to, again.from))) || begins_by(&f->tables, cd_span_sub(text, again.to, text.len))) to = again.to;
    cd_span behind = cd_span_sub(text, to, text.len);
    if (!has_letters(front) || (cd_word_count(front) < 2 && begins_by(&f->tables, behind))) return behind;
    return names_nobody(&f->tables, front) && names_somebody(&f->tables, behind) ? behind : front; /* "The Gazette 02/10/2020 Ann Lee" */
}

cd_span cd_byline_text(const cd_frame *f, const cd_block *b, bool *dated)
{
    cd_span      line = cd_block_text(b), text = by_part(&f->tables, cd_span_sub(line, 0, cd_span_find(line, CD_SPAN("___")))); /* a drawn rule */
    cd_date_scan scan = {.text = text, .tables = &f->tables, .language = f->page->language};
    cd_date      d = {.kind = CD_DATE_FULL};
    *dated = !b->undated && cd_date_next(&scan, &d) && d.kind != CD_DATE_TIME;
    if (d.kind == CD_DATE_RELATIVE && d.unit == 'd' && d.count < 2) *dated = false; /* "Today" is a paper, too */
    if (*dated) text = name_part(&f->tables, beside_date(f, b, text, &scan, &d));
    text = before_check(&f->tables, before_number(&f->tables, cd_trim_signs(text), b->hints & CD_BIT(CD_ROLE_BYLINE)));
    return without_echo(without_tail(&f->tables, text));
}
