/* unmark.c -- the text of a page that a program wrote as Markdown -> the same without its signs. In: a block's text, lines joined. Out: what
 * a reader of the page would see. One pass, left to right; a link is known at its "](", so that a bracket alone stays what it is. Signs
 * that stand in no pair stay, too: a footnote's star is the page's own. */
#include "page/unmark.h"

#include "base/utf8.h"

/* Bytes of the longest address of a link, links open at a time (a picture in a link in brackets), and points that a Markdown page has. */
enum { TARGET_BYTES = 4000, LINKS_OPEN = 8, POINTS = 4 };

static bool is_word(cd_rune r) { return cd_is_letter(r) || cd_is_digit(r); }

/* ---- is it Markdown? ------------------------------------------------------------------------------------------------ */

/* Number signs of the heading that a line begins with, 0: none ("#hashtag", "# 1"). */
static size_t heading_signs(cd_span line)
{
    size_t n = 0;
    while (n < line.len && line.ptr[n] == '#') n++;
    return n >= 1 && n <= 6 && n < line.len && line.ptr[n] == ' ' && cd_span_trim(cd_span_sub(line, n, line.len)).len > 2 ? n : 0;
}

/* Bytes of the address that `rest`, just behind "](", begins with, and of the bracket behind it; 0: none ("[sic](as he said)"). One pair of
 * brackets may stand in it. */
static size_t target_bytes(cd_span rest)
{
    static const cd_span begins[] = {CD_SPAN("http"), CD_SPAN("/"), CD_SPAN("#"), CD_SPAN("mailto:"), CD_SPAN("./"), CD_SPAN("../"), CD_SPAN("<http")};
    size_t               room = rest.len < TARGET_BYTES ? rest.len : TARGET_BYTES;
    const char          *close = room ? memchr(rest.ptr, ')', room) : NULL;
    if (!close) return 0;
    const char *inner = memchr(rest.ptr, '(', (size_t)(close - rest.ptr)), *second = inner ? memchr(close + 1, ')', room - (size_t)(close + 1 - rest.ptr)) : NULL;
    size_t      bytes = (size_t)((second ? second : close) - rest.ptr);
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (cd_span_starts(rest, begins[i])) return bytes + 1;
    return memchr(rest.ptr, ' ', bytes) || memchr(rest.ptr, '\n', bytes) ? 0 : bytes + 1;
}

static size_t link_points(cd_span text)
{
    size_t      points = 0;
    const char *end = text.ptr + text.len;
    for (const char *at = text.ptr; points < POINTS && (at = memchr(at, '(', (size_t)(end - at))); at++)
        if (at > text.ptr && at[-1] == ']' && target_bytes((cd_span){at + 1, (size_t)(end - at - 1)})) points += 2;
    return points;
}

/* A heading stands at the margin with a blank line in front: the numbered links and lists of text browsers do not. Code has comments
 * with one sign, so that all of these count once. */
static size_t heading_points(cd_span text)
{
    size_t      points = 0, titles = 0;
    const char *end = text.ptr + text.len;
    for (const char *at = text.ptr; points < POINTS && at < end && (at = memchr(at, '#', (size_t)(end - at)));) {
        size_t      before = (size_t)(at - text.ptr);
        bool        margin = before == 0 || (at[-1] == '\n' && (before == 1 || at[-2] == '\n'));
        const char *stop = margin ? memchr(at, '\n', (size_t)(end - at)) : NULL;
        size_t      signs = margin ? heading_signs((cd_span){at, (size_t)((stop ? stop : end) - at)}) : 0;
        titles += signs == 1;
        points += signs > 1 ? 3 : 0;
        at += signs ? signs : 1;
    }
    return points + (titles > 0);
}

static size_t bold_points(cd_span text)
{
    size_t      points = 0, len;
    const char *end = text.ptr + text.len;
    for (const char *at = text.ptr; points < 3 && (at = memchr(at, '*', (size_t)(end - at)));) {
        const char *behind = at;
        while (behind < end && *behind == '*') behind++;
        bool word_before = at > text.ptr && is_word(cd_utf8_last((cd_span){text.ptr, (size_t)(at - text.ptr)}, &len));
        points += behind - at == 2 && !word_before && behind < end && is_word(cd_utf8_take(&(cd_span){behind, (size_t)(end - behind)}));
        at = behind;
    }
    return points;
}

bool cd_unmark_is_wanted(cd_span text)
{
    if (!text.len) return false;
    size_t points = heading_points(text);
    if (points < POINTS) points += link_points(text);
    if (points && points < POINTS) points += bold_points(text);
    return points >= POINTS;
}

unsigned cd_unmark_heading(cd_span line) { return (unsigned)heading_signs(line); }

/* ---- whole lines ---------------------------------------------------------------------------------------------------- */

bool cd_unmark_is_fence(cd_span line)
{
    line = cd_span_trim(line);
    return cd_span_starts(line, CD_SPAN("```")) || cd_span_starts(line, CD_SPAN("~~~"));
}

cd_span cd_unmark_quote(cd_span line)
{
    while (line.len && *line.ptr == '>' && (line.len == 1 || line.ptr[1] == ' ')) line = cd_span_trim(cd_span_sub(line, 1, line.len));
    return line;
}

static bool is_made_of(cd_span text, const char *signs, size_t least)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == ' ') continue;
        if (!strchr(signs, text.ptr[i])) return false;
        n++;
    }
    return n >= least;
}

/* "---", "* * *", the line under a heading, the one under a table's head. */
static bool is_rule(cd_span text)
{
    return is_made_of(text, "-", 3) || is_made_of(text, "*", 3) || is_made_of(text, "_", 3) || is_made_of(text, "=", 3) ||
           (memchr(text.ptr, '|', text.len) && is_made_of(text, "|:-", 3));
}

bool cd_unmark_is_new(cd_span line) { return heading_signs(line) || *line.ptr == '|' || is_rule(line); }

/* "[1]: https://..." says where a link goes. */
static bool is_definition(cd_span text)
{
    const char *close = *text.ptr == '[' ? memchr(text.ptr, ']', text.len) : NULL;
    if (!close) return false;
    cd_span rest = cd_span_sub(text, (size_t)(close - text.ptr) + 1, text.len);
    return cd_span_starts(rest, CD_SPAN(": http")) || cd_span_starts(rest, CD_SPAN(": /")) || cd_span_starts(rest, CD_SPAN(": <http"));
}

/* Without the number signs of a heading, in front and behind. */
static cd_span without_heading(cd_span text)
{
    size_t signs = heading_signs(text);
    if (!signs) return text;
    text = cd_span_trim(cd_span_sub(text, signs, text.len));
    size_t len = text.len;
    while (len && text.ptr[len - 1] == '#') len--;
    return len && len < text.len && text.ptr[len - 1] == ' ' ? cd_span_trim(cd_span_sub(text, 0, len)) : text;
}

/* ---- inside a block ------------------------------------------------------------------------------------------------- */

typedef struct unmarker {
    const char *begin, *at, *end; /* what is read, and from where on it still is to be */
    char       *start, *to;
    size_t      links[LINKS_OPEN]; /* where the texts of open links begin in what was written, behind the bracket */
    size_t      nlinks;
    size_t      open[2];   /* stars and low lines that wait for their other half */
    const char *ahead[2];  /* the next of each, as far as was looked; end: none */
    bool        row;       /* of a table */
} unmarker;

/* At "](": the link's text stays and a picture's goes, with their brackets. False: no link was open here. */
static bool close_link(unmarker *u)
{
    size_t bytes = u->nlinks ? target_bytes((cd_span){u->at + 2, (size_t)(u->end - u->at - 2)}) : 0;
    if (!bytes) return false;
    char *text = u->start + u->links[--u->nlinks];
    bool  picture = text - u->start >= 2 && text[-2] == '!';
    if (picture) {
        u->to = text - 2;
    } else {
        memmove(text - 1, text, (size_t)(u->to - text));
        u->to--;
    }
    u->at += 2 + bytes;
    return true;
}

static bool has_another(unmarker *u, size_t kind, const char *behind)
{
    if (u->ahead[kind] < behind) {
        const char *found = behind < u->end ? memchr(behind, *u->at, (size_t)(u->end - behind)) : NULL;
        u->ahead[kind] = found ? found : u->end;
    }
    return u->ahead[kind] < u->end;
}

/* Whether stars or low lines up to `behind` are half of a pair. */
static bool is_emphasis(unmarker *u, const char *behind)
{
    size_t  kind = *u->at == '_', len;
    cd_rune before = u->at > u->begin ? cd_utf8_last((cd_span){u->begin, (size_t)(u->at - u->begin)}, &len) : ' ';
    cd_rune after = behind < u->end ? cd_utf8_take(&(cd_span){behind, (size_t)(u->end - behind)}) : ' ';
    if (u->open[kind] && before != ' ' && !is_word(after)) {
        u->open[kind]--;
        return true;
    }
    if (after == ' ' || is_word(before) || !has_another(u, kind, behind)) return false;
    u->open[kind]++;
    return true;
}

static void take_emphasis(unmarker *u)
{
    const char *behind = u->at;
    while (behind < u->end && *behind == *u->at) behind++;
    bool empty = behind - u->at == 2 && *u->at == '_'; /* what html2text makes of an icon, too */
    if (!is_emphasis(u, behind) && !empty) {
        memcpy(u->to, u->at, (size_t)(behind - u->at));
        u->to += behind - u->at;
    }
    u->at = behind;
}

static bool is_sign(char c) { return c && strchr("\\`*_{}[]()#+-.!|<>~\"'$%&,/:;=?@^", c) != NULL; }

static void take_byte(unmarker *u)
{
    char c = *u->at++;
    *u->to++ = c;
    if (c == '[' && u->nlinks < LINKS_OPEN) u->links[u->nlinks++] = (size_t)(u->to - u->start);
    else if (c == ']' && u->nlinks) u->nlinks--;
}

static void step(unmarker *u)
{
    char c = *u->at, next = u->at + 1 < u->end ? u->at[1] : 0;
    if (c == '\\' && is_sign(next)) {
        *u->to++ = next;
        u->at += 2;
    } else if (c == '*' || c == '_') {
        take_emphasis(u);
    } else if (c == '`' || (u->row && c == '|')) {
        if (c == '|') *u->to++ = ' ';
        u->at++;
    } else if (c != ']' || next != '(' || !close_link(u)) {
        take_byte(u);
    }
}

/* One blank for each run of them, none at the ends; in place. */
static cd_span single_blanks(char *start, size_t len)
{
    size_t to = 0;
    for (size_t i = 0; i < len; i++)
        if (start[i] != ' ' || (to && start[to - 1] != ' ')) start[to++] = start[i];
    return cd_span_trim((cd_span){start, to});
}

cd_status cd_unmark_block(cd_arena *arena, cd_span *text)
{
    static const char signs[] = "\\]*_`|";
    if (is_rule(*text) || is_definition(*text)) {
        text->len = 0;
        return CD_OK;
    }
    *text = without_heading(*text);
    bool marked = false;
    for (size_t i = 0; i < sizeof signs - 1 && !marked; i++) marked = memchr(text->ptr, signs[i], text->len);
    if (!marked) return CD_OK;
    unmarker u = {.begin = text->ptr, .at = text->ptr, .end = text->ptr + text->len, .ahead = {text->ptr, text->ptr},
                  .row = text->ptr[0] == '|' && text->ptr[text->len - 1] == '|'};
    u.start = u.to = cd_arena_raw(arena, text->len, 1);
    if (!u.start) return CD_ENOMEM;
    while (u.at < u.end) step(&u);
    *text = single_blanks(u.start, (size_t)(u.to - u.start));
    return CD_OK;
}
