/* escape.c -- plain words -> Markdown that shows them. In: a line of text. Out: the same with a backslash before each sign that would mean
 * something where it stands, and before no other: a renderer gives the text back, and a person can read it. */
#include "fields/escape.h"

static bool is_word(char c) { return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (unsigned char)c >= 0x80; }
static bool is_alpha(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

/* "&amp;" "&#38;" "&#x26;": what a renderer would replace. */
static bool is_reference(cd_span text, size_t at)
{
    size_t i = at + 1;
    while (i < text.len && i < at + 40 && (text.ptr[i] == '#' || (is_word(text.ptr[i]) && (unsigned char)text.ptr[i] < 0x80))) i++;
    return i > at + 1 && i < text.len && text.ptr[i] == ';';
}

/* Signs that mean something wherever they stand. */
static bool means_inline(cd_span text, size_t at, unsigned where)
{
    char before = at ? text.ptr[at - 1] : ' ', after = at + 1 < text.len ? text.ptr[at + 1] : ' ';
    switch (text.ptr[at]) {
    case '\\': case '*': case '`': case '[': case ']': case '~': return true;
    case '_': return !(is_word(before) && is_word(after));
    case '<': return is_alpha(after) || after == '/' || after == '!' || after == '?';
    case '&': return is_reference(text, at);
    case '|': return where & CD_IN_TABLE;
    case '#': return where & CD_IN_HEADING; /* those at its end would be left out */
    default: return false;
    }
}

/* The byte that a line must not begin with, or the full stop behind its number, is at *at. */
static bool means_start(cd_span text, size_t *at)
{
    size_t digits = 0;
    char   first = text.len ? *text.ptr : ' ', after = text.len > 1 ? text.ptr[1] : ' ';
    *at = 0;
    if (first == '#' || first == '>' || first == '=') return true;
    if (first == '-' || first == '+') return after == ' ' || after == first;
    if (first == ':') return after == '-'; /* below a line with a bar: a table */
    while (digits < text.len && digits < 10 && text.ptr[digits] >= '0' && text.ptr[digits] <= '9') digits++;
    *at = digits;
    if (digits == 0 || digits == 10 || digits == text.len || (text.ptr[digits] != '.' && text.ptr[digits] != ')')) return false;
    return digits + 1 == text.len || text.ptr[digits + 1] == ' ';
}

cd_status cd_escape_text(cd_buf *out, cd_span text, size_t from, size_t to, unsigned where)
{
    size_t start = 0, done = from;
    bool   starts = (where & CD_AT_START) && means_start(text, &start);
    for (size_t i = from; i < to; i++) {
        if (is_word(text.ptr[i]) || text.ptr[i] == ' ') continue;
        if (!means_inline(text, i, where) && !(starts && i == start)) continue;
        CD_TRY(cd_buf_add(out, cd_span_sub(text, done, i)));
        CD_TRY(cd_buf_char(out, '\\'));
        done = i;
    }
    return cd_buf_add(out, cd_span_sub(text, done, to));
}

cd_status cd_escape_target(cd_buf *out, cd_span target)
{
    for (size_t i = 0; i < target.len; i++) {
        unsigned char c = (unsigned char)target.ptr[i];
        if (c <= ' ' || c == 0x7F || memchr("()<>\\\"`|[]", c, 10)) CD_TRY(cd_buf_format(out, "%%%02X", (unsigned)c));
        else if (c == '&' && is_reference(target, i)) CD_TRY(cd_buf_add(out, CD_SPAN("\\&")));
        else CD_TRY(cd_buf_char(out, (char)c));
    }
    return CD_OK;
}

bool cd_is_target(cd_span target)
{
    static const cd_span never[] = {CD_SPAN("javascript:"), CD_SPAN("vbscript:"), CD_SPAN("data:"), CD_SPAN("blob:"), CD_SPAN("file:")};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (target.len >= never[i].len && cd_span_is_nocase(cd_span_sub(target, 0, never[i].len), never[i])) return false;
    return target.len > 0;
}
