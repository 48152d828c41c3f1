/* jsonmend.c -- JSON-LD as sites write it -> JSON. In: a script that cJSON could not read. Out: a copy with the common slips put right,
 * in one pass over its bytes: inside a string, and outside of one. A quotation mark ends a string only where a comma, a colon, a
 * bracket or the end follows; another one is part of the text. cJSON alone says what is JSON: this never decides that. */
#include "page/jsonmend.h"

#include "base/limits.h"
#include "page/plain.h"

static cd_span without_front(cd_span s, cd_span front) { return cd_span_starts(s, front) ? cd_span_trim(cd_span_sub(s, front.len, s.len)) : s; }
static cd_span without_end(cd_span s, cd_span end) { return cd_span_ends(s, end) ? cd_span_trim(cd_span_sub(s, 0, s.len - end.len)) : s; }

cd_span cd_json_unwrap(cd_span text)
{
    static const cd_span fronts[] = {CD_SPAN("<!--"), CD_SPAN("//"), CD_SPAN("/*"), CD_SPAN("<![CDATA["), CD_SPAN("*/"), CD_SPAN("\xEF\xBB\xBF")},
                         ends[] = {CD_SPAN("-->"), CD_SPAN("//"), CD_SPAN("*/"), CD_SPAN("]]>"), CD_SPAN("/*"), CD_SPAN(";")};
    size_t before;
    text = cd_span_trim(text);
    do {
        before = text.len;
        for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++) text = without_front(text, fronts[i]);
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) text = without_end(text, ends[i]);
    } while (text.len < before);
    return text;
}

typedef struct mender {
    char  *out;
    size_t len;
    char   open[CD_LIMIT_JSON_LD_DEPTH]; /* brackets that wait for their end */
    size_t depth;
} mender;

static void put(mender *m, char c) { m->out[m->len++] = c; }

static char after_blanks(cd_span s)
{
    s = cd_span_trim(s);
    return s.len ? *s.ptr : 0;
}

/* Whether the quotation mark in front of `rest` ends its string: what follows may follow a string, and where a comma does, what
 * JSON has behind a comma. */
static bool ends_string(cd_span rest)
{
    while (rest.len && cd_is_blank(*rest.ptr)) rest = cd_span_sub(rest, 1, rest.len);
    if (!rest.len || strchr(":}]", *rest.ptr)) return true;
    if (*rest.ptr != ',') return false;
    char next = after_blanks(cd_span_sub(rest, 1, rest.len < 200 ? rest.len : 200));
    return !next || strchr("\"{[]}-0123456789tfn,", next) != NULL;
}

static bool is_hex4(cd_span s)
{
    if (s.len < 4) return false;
    for (size_t i = 0; i < 4; i++)
        if (!strchr("0123456789abcdefABCDEF", s.ptr[i]) || !s.ptr[i]) return false;
    return true;
}

/* "\uD83D" and its other half: either without the other is no letter. */
static bool is_half(cd_span hex, bool second)
{
    char d = hex.ptr[0] | 32, e = hex.ptr[1] | 32;
    if (d != 'd') return false;
    return second ? strchr("cdef", e) != NULL : strchr("89ab", e) != NULL;
}

/* An escape, behind its backslash; gives how many bytes of `rest` it took. */
static size_t put_escape(mender *m, cd_span rest)
{
    if (!rest.len) return 0;
    if (*rest.ptr != 'u') {
        if (strchr("\"\\/bfnrt", *rest.ptr)) put(m, '\\');
        if ((unsigned char)*rest.ptr >= 0x20) put(m, *rest.ptr);
        return 1;
    }
    cd_span hex = cd_span_sub(rest, 1, rest.len);
    if (!is_hex4(hex)) return 1; /* "\u" alone says nothing */
    bool   pair = is_half(hex, false) && hex.len >= 10 && hex.ptr[4] == '\\' && hex.ptr[5] == 'u' && is_hex4(cd_span_sub(hex, 6, hex.len)) &&
                is_half(cd_span_sub(hex, 6, hex.len), true);
    size_t bytes = pair ? 10 : 4;
    if (!pair && (is_half(hex, false) || is_half(hex, true) || memcmp(hex.ptr, "0000", 4) == 0)) return 5;
    put(m, '\\');
    put(m, 'u');
    for (size_t i = 0; i < bytes; i++) put(m, hex.ptr[i]);
    return bytes + 1;
}

/* A string behind its first quotation mark; gives what is left behind it. */
static cd_span put_string(mender *m, cd_span rest)
{
    put(m, '"');
    while (rest.len) {
        char c = *rest.ptr;
        rest = cd_span_sub(rest, 1, rest.len);
        if (c == '\\') {
            size_t took = put_escape(m, rest);
            rest = cd_span_sub(rest, took, rest.len);
        } else if (c == '"') {
            if (ends_string(rest)) break;
            put(m, '\\');
            put(m, '"');
        } else {
            put(m, (unsigned char)c < 0x20 ? ' ' : c);
        }
    }
    put(m, '"');
    return rest;
}

/* A comma is put only where something comes behind it that is no end. */
static void put_outside(mender *m, char c, cd_span rest)
{
    if (c == ',') {
        char next = after_blanks(rest);
        char last = m->len ? m->out[m->len - 1] : 0;
        if (!next || strchr("}],", next) || last == '{' || last == '[' || !last) return;
    }
    if ((c == '{' || c == '[') && m->depth < CD_LIMIT_JSON_LD_DEPTH) m->open[m->depth++] = c == '{' ? '}' : ']';
    if ((c == '}' || c == ']') && m->depth > 0) m->depth--;
    if (!cd_is_blank(c)) put(m, c);
}

cd_status cd_json_mend(cd_page *page, cd_span text, cd_span *out, cd_error *err)
{
    if (text.len && !memchr(text.ptr, '"', text.len)) CD_TRY(cd_plain_references(page, text, &text, err));
    /* A quotation mark may become two bytes; the brackets at the end are no more than the depth. */
    mender m = {.out = cd_arena_take(page->arena, text.len * 2 + CD_LIMIT_JSON_LD_DEPTH + 2)};
    if (!m.out) return cd_fail_memory(err);
    while (text.len) {
        char c = *text.ptr;
        text = cd_span_sub(text, 1, text.len);
        if (c == '"') text = put_string(&m, text);
        else put_outside(&m, c, text);
    }
    while (m.depth > 0) put(&m, m.open[--m.depth]);
    *out = (cd_span){m.out, m.len};
    return CD_OK;
}
