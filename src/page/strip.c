/* strip.c -- takes out of a page's markup what the parser need not see. In: HTML as it came, clean UTF-8. Out: markup with the
 * same text and tags, half as long.
 *
 * libxml2 2.9 ends a <script> at any "</", so that JSON would leak into the text; it takes a string for each attribute; and half of a
 * page's bytes are scripts and styles. So one pass over the bytes finds tags as browsers do (rawtag.c), skips raw elements to their true
 * ends (skip.c), and keeps of each tag only the attributes that some room reads. These, and text, are set aside where the parser would
 * give them as they stand. It does NOT balance tags and resolves no numbered character references: that is the parser's work. */
#include "page/strip.h"

#include "page/entities.h"
#include "page/rawtag.h"
#include "page/skip.h"

#include <stdint.h>

/* What becomes of an element before the parser sees it. */
typedef enum fate {
    FATE_COPY,     /* its tags pass */
    FATE_RAW,      /* its content is no markup and is skipped to its end tag */
    FATE_SKIP,     /* it is skipped with all elements in it, where it has an end */
    FATE_TITLE,    /* its content is text whatever signs it holds */
    FATE_SCRIPT,
    FATE_NOSCRIPT, /* it stays where the page has little other text */
    FATE_DROP      /* its tag is dropped, its content passes */
} fate;

/* X(name, fate): elements that do not just pass, in the order of their names' first letters. */
#define FATES(X)                                                                                                       \
    X("audio", SKIP) X("canvas", SKIP) X("datalist", SKIP) X("iframe", RAW) X("input", DROP) X("math", SKIP)            \
    X("noembed", RAW) X("noframes", RAW) X("noscript", NOSCRIPT) X("path", DROP) X("script", SCRIPT)                    \
    X("select", SKIP) X("source", DROP) X("style", RAW) X("svg", SKIP) X("template", SKIP) X("textarea", RAW)           \
    X("title", TITLE) X("track", DROP) X("video", SKIP) X("wbr", DROP)

static const struct {
    cd_span name;
    fate    fate;
} fates[] = {
#define X(name, what) {CD_SPAN(name), FATE_##what},
    FATES(X)
#undef X
};

enum { NFATES = sizeof fates / sizeof *fates };

typedef struct stripper {
    const char *at, *end;
    cd_stripped *out;
    const cd_strip_options *options;
    const cd_data_file *entities;
    bool     rooted;          /* <html>, <head> or <body> was there */
    bool     endless[NFATES]; /* no end tag was found from some place on: the next one need not be looked for */
    cd_buf   stretches;       /* an array of cd_stretch: where in the output each <noscript> stands */
    size_t   open;            /* 1 inside <noscript> */
    size_t   behind_tag;      /* where in the output the last tag ended */
    size_t   prose[2];        /* bytes in long runs of text: outside of <noscript>, inside */
} stripper;

/* Runs of text from this length on are no labels. */
enum { LONG_RUN = 80 };

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static size_t fate_of(cd_span name)
{
    if (name.len < 3 || name.len > 8) return NFATES;
    char first = (char)(name.ptr[0] | 0x20);
    for (size_t i = 0; i < NFATES && fates[i].name.ptr[0] <= first; i++)
        if (fates[i].name.ptr[0] == first && fates[i].name.len == name.len && cd_span_is_nocase(fates[i].name, name)) return i;
    return NFATES;
}

/* ---- output ------------------------------------------------------------------------------------------------------------ */

static cd_status put(stripper *s, cd_span text) { return cd_buf_add(&s->out->markup, text); }

/* Adds what ends in the ">" of a tag. */
static cd_status put_tag_end(stripper *s, cd_span text)
{
    CD_TRY(put(s, text));
    s->behind_tag = s->out->markup.len;
    return CD_OK;
}

/* U+FFFE and U+FFFF, which the parser takes out. */
static bool has_noncharacter(cd_span text)
{
    const char *end = text.ptr + text.len;
    for (const char *p = text.ptr; (p = memchr(p, 0xEF, (size_t)(end - p))); p++)
        if (end - p >= 3 && (unsigned char)p[1] == 0xBF && (unsigned char)p[2] >= 0xBE) return true;
    return false;
}

/* Whether the parser would give the text as it stands. Only text right behind a tag is set aside: its letter is the first of what the
 * parser gives then, and no part of a reference. */
static bool goes_aside(const stripper *s, cd_span text)
{
    const cd_buf *b = &s->out->markup;
    return !s->options->whole && b->len == s->behind_tag && !memchr(text.ptr, '&', text.len) && !memchr(text.ptr, '<', text.len) &&
           !has_noncharacter(text);
}

/* Text that holds no tag: a lone "<" must not begin one for the parser either. */
static cd_status put_text(stripper *s, const char *from, const char *to)
{
    const char *p = from;
    bool        feed = false;
    for (; p < to && cd_is_blank(*p); p++) feed = feed || *p == '\n';
    if (p == to) return from == to ? CD_OK : put(s, feed ? CD_SPAN("\n") : CD_SPAN(" ")); /* indents between tags */
    if (to - from >= LONG_RUN) s->prose[s->open] += (size_t)(to - from);
    if (goes_aside(s, (cd_span){from, (size_t)(to - from)})) {
        CD_TRY(cd_aside_add_text(&s->out->asides, s->out->markup.len, (cd_span){from, (size_t)(to - from)}));
        return put(s, CD_SPAN("x"));
    }
    while (from < to) {
        const char *less = memchr(from, '<', (size_t)(to - from));
        CD_TRY(cd_entities_put(&s->out->markup, s->entities, (cd_span){from, (size_t)((less ? less : to) - from)}, false));
        if (!less) break;
        CD_TRY(put(s, CD_SPAN("&lt;")));
        from = less + 1;
    }
    return CD_OK;
}

/* An address is read only where the tag says what it is the address of, unless those of links are wanted. */
static bool is_read(const cd_raw_tag *t, const cd_raw_attribute *a, bool links)
{
    if (a->which == CD_ATTRIBUTE_TYPE) return false;
    if (a->which == CD_ATTRIBUTE_STYLE)
        return cd_span_find(a->value, CD_SPAN("none")) < a->value.len || cd_span_find(a->value, CD_SPAN("hidden")) < a->value.len;
    if (a->which != CD_ATTRIBUTE_HREF || links || cd_span_is_nocase(t->name, CD_SPAN("link"))) return true;
    return cd_raw_value(t, CD_ATTRIBUTE_REL).len || cd_raw_value(t, CD_ATTRIBUTE_ITEMPROP).len || cd_raw_value(t, CD_ATTRIBUTE_PROPERTY).len;
}

/* Leaves in t->at those that are read. */
static void drop_unread(cd_raw_tag *t, bool links)
{
    bool read[CD_RAW_ATTRIBUTES];
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++) read[i] = is_read(t, &t->at[i], links);
    for (size_t i = 0; i < t->n; i++)
        if (read[i]) t->at[n++] = t->at[i];
    t->n = n;
}

/* Whether the parser would give each value as it stands. */
static bool are_plain(const cd_raw_tag *t)
{
    for (size_t i = 0; i < t->n; i++) {
        const cd_raw_attribute *a = &t->at[i];
        if (a->value.len == 0) continue;
        if (memchr(a->value.ptr, '&', a->value.len) || (!a->quote && memchr(a->value.ptr, '"', a->value.len))) return false;
    }
    return true;
}

/* Of two attributes of one name the first counts. */
static cd_status set_aside(stripper *s, const cd_raw_tag *t)
{
    uint32_t   seen = 0;
    cd_asides *asides = &s->out->asides;
    CD_TRY(cd_aside_add_tag(asides, s->out->markup.len));
    for (size_t i = 0; i < t->n; i++) {
        const cd_raw_attribute *a = &t->at[i];
        if (!(seen & 1u << a->which)) CD_TRY(cd_aside_add_value(asides, (cd_aside_value){a->which, a->has_value ? a->value : CD_SPAN("")}));
        seen |= 1u << a->which;
    }
    return CD_OK;
}

static cd_status put_attributes(stripper *s, const cd_raw_tag *t)
{
    for (size_t i = 0; i < t->n; i++) {
        const cd_raw_attribute *a = &t->at[i];
        CD_TRY(cd_buf_char(&s->out->markup, ' '));
        CD_TRY(put(s, a->name));
        if (!a->has_value) continue;
        const char quote[] = {'=', a->quote ? a->quote : '"', '\0'};
        CD_TRY(put(s, (cd_span){quote, 2}));
        CD_TRY(cd_entities_put(&s->out->markup, s->entities, a->value, true));
        CD_TRY(cd_buf_char(&s->out->markup, quote[1]));
    }
    return CD_OK;
}

static cd_status put_tag(stripper *s, cd_raw_tag *t)
{
    CD_TRY(put(s, CD_SPAN("<")));
    CD_TRY(put(s, t->name));
    drop_unread(t, s->options->links);
    if (t->n && !s->options->whole && are_plain(t)) CD_TRY(set_aside(s, t));
    else CD_TRY(put_attributes(s, t));
    return put_tag_end(s, CD_SPAN(">"));
}

static cd_status keep_script(stripper *s, const cd_raw_tag *t, cd_span text)
{
    cd_raw_script script = {.type = cd_raw_value(t, CD_ATTRIBUTE_TYPE), .id = cd_raw_value(t, CD_ATTRIBUTE_ID), .text = text};
    if (!s->options->wants(script.type, script.id)) return CD_OK;
    CD_TRY(cd_buf_add(&s->out->scripts_, (cd_span){(const char *)&script, sizeof script}));
    return put(s, CD_SPAN("<script></script>"));
}

/* ---- the page ---------------------------------------------------------------------------------------------------------- */

/* Goes over the end tag that begins at `p`. */
static const char *behind_tag(const char *p, const char *end)
{
    const char *close = memchr(p, '>', (size_t)(end - p));
    return close ? close + 1 : end;
}

static cd_status take_raw(stripper *s, const cd_raw_tag *t, size_t which)
{
    bool        script = fates[which].fate == FATE_SCRIPT;
    const char *from = s->at, *to = script ? cd_skip_to_script_end(from, s->end) : cd_skip_to_end_tag(from, s->end, fates[which].name);
    s->at = behind_tag(to, s->end);
    return script ? keep_script(s, t, (cd_span){from, (size_t)(to - from)}) : CD_OK;
}

static cd_status take_title(stripper *s, cd_raw_tag *t, size_t which)
{
    const char *from = s->at, *to = s->endless[which] ? s->end : cd_skip_to_end_tag(from, s->end, fates[which].name);
    s->endless[which] = to == s->end;
    if (to == s->end) return CD_OK; /* a title without an end would be the whole page */
    s->at = behind_tag(to, s->end);
    CD_TRY(put_tag(s, t));
    CD_TRY(put_text(s, from, to));
    return put_tag_end(s, CD_SPAN("</title>"));
}

static void take_skipped(stripper *s, const cd_raw_tag *t, size_t which)
{
    const char *to = s->endless[which] || t->self ? NULL : cd_skip_element(s->at, s->end, fates[which].name);
    if (to) s->at = to;
    else if (!t->self) s->endless[which] = true;
}

static cd_status take_noscript(stripper *s, bool closing)
{
    size_t      n = s->stretches.len / sizeof(cd_stretch);
    cd_stretch *last = n ? (cd_stretch *)(void *)s->stretches.ptr + n - 1 : NULL;
    if (closing == (s->open == 0)) return CD_OK; /* nested, or an end without a beginning */
    s->open = closing ? 0 : 1;
    if (closing) {
        CD_TRY(put(s, CD_SPAN("</noscript>")));
        last->to = s->out->markup.len;
        return CD_OK;
    }
    cd_stretch fresh = {s->out->markup.len, SIZE_MAX};
    CD_TRY(cd_buf_add(&s->stretches, (cd_span){(const char *)&fresh, sizeof fresh}));
    return put(s, CD_SPAN("<noscript>"));
}

static bool is_root(cd_span name)
{
    return name.len == 4 && (cd_span_is_nocase(name, CD_SPAN("html")) || cd_span_is_nocase(name, CD_SPAN("head")) || cd_span_is_nocase(name, CD_SPAN("body")));
}

static cd_status take_start(stripper *s, cd_raw_tag *t)
{
    size_t which = fate_of(t->name);
    fate   f = which < NFATES ? fates[which].fate : FATE_COPY;
    switch (f) {
    case FATE_RAW:
    case FATE_SCRIPT: return take_raw(s, t, which);
    case FATE_TITLE: return take_title(s, t, which);
    case FATE_SKIP: take_skipped(s, t, which); return CD_OK;
    case FATE_NOSCRIPT: return take_noscript(s, false);
    case FATE_DROP: return CD_OK;
    default: s->rooted = s->rooted || is_root(t->name); return put_tag(s, t);
    }
}

static cd_status take_end(stripper *s, const cd_raw_tag *t)
{
    size_t which = fate_of(t->name);
    fate   f = which < NFATES ? fates[which].fate : FATE_COPY;
    if (f == FATE_NOSCRIPT) return take_noscript(s, true);
    if (f != FATE_COPY) return CD_OK;
    CD_TRY(put(s, CD_SPAN("</")));
    CD_TRY(put(s, t->name));
    /* "</p>" parts text also where no <p> is open, of which the parser would not tell */
    return put_tag_end(s, cd_span_is_nocase(t->name, CD_SPAN("p")) ? CD_SPAN("><hr>") : CD_SPAN(">"));
}

/* Takes what begins with the "<" at s->at; *text is set where it is no markup but a lone sign. */
static cd_status take_markup(stripper *s, bool *text)
{
    const char *p = s->at;
    bool        closing = s->end - p > 1 && p[1] == '/';
    const char *name = p + (closing ? 2 : 1);
    *text = false;
    if (name < s->end && is_letter(*name)) {
        cd_raw_tag  t;
        const char *behind = cd_raw_tag_take(name, s->end, &t);
        s->at = behind ? behind : s->end; /* a tag that the page's end cuts is none */
        if (!behind) return CD_OK;
        return closing ? take_end(s, &t) : take_start(s, &t);
    }
    if (name < s->end && (closing || *name == '!' || *name == '?')) {
        s->at = cd_skip_comment(p, s->end);
        return CD_OK;
    }
    *text = true;
    return CD_OK;
}

static cd_status strip_all(stripper *s)
{
    while (s->at < s->end) {
        const char *from = s->at, *less = memchr(from, '<', (size_t)(s->end - from));
        bool        text = true;
        s->at = less ? less : s->end;
        CD_TRY(put_text(s, from, s->at));
        if (!less) break;
        CD_TRY(take_markup(s, &text));
        if (text) {
            CD_TRY(put(s, CD_SPAN("&lt;")));
            s->at++;
        }
    }
    return CD_OK;
}

/* Takes the <noscript> elements out where the page has more prose than they. */
static void drop_noscript(stripper *s)
{
    cd_stretch *at = (cd_stretch *)(void *)s->stretches.ptr;
    size_t      n = s->stretches.len / sizeof *at, to = n ? at[0].from : 0;
    cd_buf     *b = &s->out->markup;
    if (n == 0 || s->prose[1] > s->prose[0]) return;
    if (at[n - 1].to > b->len) at[n - 1].to = b->len; /* it has no end */
    for (size_t i = 0; i < n; i++) {
        size_t from = at[i].to, next = i + 1 < n ? at[i + 1].from : b->len;
        memmove(b->ptr + to, b->ptr + from, next - from);
        to += next - from;
    }
    b->len = to;
    b->ptr[to] = '\0';
    cd_asides_cut(&s->out->asides, at, n);
}

cd_status cd_html_strip(cd_span html, const cd_strip_options *options, cd_stripped *out)
{
    stripper  s = {.at = html.ptr, .end = html.ptr + html.len, .out = out, .options = options, .entities = cd_data_table("/entities.tsv")};
    cd_status st = cd_buf_reserve(&out->markup, html.len / 2 + 64);
    if (st == CD_OK) st = put(&s, CD_SPAN("      "));
    if (st == CD_OK) st = strip_all(&s);
    if (st == CD_OK && !s.rooted) memcpy(out->markup.ptr, "<body>", 6); /* or the parser would put each bare line into a <p> */
    if (st == CD_OK) drop_noscript(&s);
    out->prose = s.prose[0] > s.prose[1] ? s.prose[0] : s.prose[1];
    cd_buf_free(&s.stretches);
    return st;
}

void cd_stripped_free(cd_stripped *stripped)
{
    cd_buf_free(&stripped->markup);
    cd_buf_free(&stripped->scripts_);
    cd_asides_free(&stripped->asides);
}
