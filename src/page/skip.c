/* skip.c -- where elements end whose content nobody reads: scripts, comments, drawings, players. In: a place in a page's markup. Out: a
 * place behind it. Nothing is copied; what has no end is told, and stays. */
#include "page/skip.h"

bool cd_is_tag_name(const char *p, const char *end, cd_span name)
{
    if ((size_t)(end - p) < name.len || !cd_span_is_nocase((cd_span){p, name.len}, name)) return false;
    return p + name.len == end || cd_is_tag_end(p[name.len]);
}

const char *cd_skip_to_end_tag(const char *p, const char *end, cd_span name)
{
    for (; (p = memchr(p, '<', (size_t)(end - p))) != NULL; p++)
        if (end - p > 2 && p[1] == '/' && cd_is_tag_name(p + 2, end, name)) return p;
    return end;
}

/* Whether in this stretch of a script "<!--" has begun and no "-->" has ended what holds a "<script": then the next end tag belongs
 * to that one, as the standard has it. */
static bool hides_end(cd_span text)
{
    for (;;) {
        size_t open = cd_span_find(text, CD_SPAN("<!--"));
        if (open == text.len) return false;
        text = cd_span_sub(text, open + 4, text.len);
        size_t  close = cd_span_find(text, CD_SPAN("-->"));
        cd_span inside = cd_span_sub(text, 0, close);
        for (const char *p = inside.ptr, *end = p + inside.len; close == text.len && (p = memchr(p, '<', (size_t)(end - p))) != NULL; p++)
            if (cd_is_tag_name(p + 1, end, CD_SPAN("script"))) return true;
        if (close == text.len) return false;
        text = cd_span_sub(text, close, text.len);
    }
}

const char *cd_skip_to_script_end(const char *p, const char *end)
{
    const cd_span script = CD_SPAN("script");
    const char   *stop = cd_skip_to_end_tag(p, end, script);
    if (stop == end || !hides_end((cd_span){p, (size_t)(stop - p)})) return stop;
    const char *next = cd_skip_to_end_tag(stop + 1, end, script);
    return next < end ? next : stop;
}

const char *cd_skip_comment(const char *p, const char *end)
{
    if (end - p < 4 || memcmp(p, "<!--", 4) != 0) {
        const char *close = memchr(p, '>', (size_t)(end - p));
        return close ? close + 1 : end;
    }
    p += 4;
    if (p < end && *p == '>') return p + 1;
    if (end - p > 1 && p[0] == '-' && p[1] == '>') return p + 2;
    for (; (p = memchr(p, '-', (size_t)(end - p))) != NULL; p++) {
        if (end - p > 2 && p[1] == '-' && p[2] == '>') return p + 3;
        if (end - p > 3 && p[1] == '-' && p[2] == '!' && p[3] == '>') return p + 4;
    }
    return end;
}

/* Whether a tag of HTML begins at `p` that ends a drawing or a formula around it, as the standard has it: their ends are often missing. */
static bool breaks_out(const char *p, const char *end)
{
    static const cd_span names[] = {
        CD_SPAN("b"),  CD_SPAN("big"), CD_SPAN("blockquote"), CD_SPAN("body"), CD_SPAN("br"), CD_SPAN("center"), CD_SPAN("code"), CD_SPAN("dd"),
        CD_SPAN("div"), CD_SPAN("dl"), CD_SPAN("dt"), CD_SPAN("em"), CD_SPAN("embed"), CD_SPAN("h1"), CD_SPAN("h2"), CD_SPAN("h3"), CD_SPAN("h4"),
        CD_SPAN("h5"), CD_SPAN("h6"), CD_SPAN("head"), CD_SPAN("hr"), CD_SPAN("i"), CD_SPAN("img"), CD_SPAN("li"), CD_SPAN("menu"), CD_SPAN("meta"),
        CD_SPAN("nobr"), CD_SPAN("ol"), CD_SPAN("p"), CD_SPAN("pre"), CD_SPAN("ruby"), CD_SPAN("s"), CD_SPAN("small"), CD_SPAN("span"),
        CD_SPAN("strike"), CD_SPAN("strong"), CD_SPAN("sub"), CD_SPAN("sup"), CD_SPAN("table"), CD_SPAN("tt"), CD_SPAN("u"), CD_SPAN("ul"), CD_SPAN("var")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if ((*p | 0x20) == names[i].ptr[0] && cd_is_tag_name(p, end, names[i])) return true;
    return false;
}

/* Whether HTML may stand inside an element of a drawing or formula that begins at `p`. */
static bool holds_html(const char *p, const char *end)
{
    return cd_is_tag_name(p, end, CD_SPAN("foreignobject")) || cd_is_tag_name(p, end, CD_SPAN("desc")) || cd_is_tag_name(p, end, CD_SPAN("title")) ||
           cd_is_tag_name(p, end, CD_SPAN("annotation-xml")) || cd_is_tag_name(p, end, CD_SPAN("mtext"));
}

const char *cd_skip_element(const char *p, const char *end, cd_span name)
{
    const bool foreign = cd_span_is_nocase(name, CD_SPAN("svg")) || cd_span_is_nocase(name, CD_SPAN("math"));
    size_t     html = 0; /* open elements that may hold HTML */
    for (size_t depth = 1; (p = memchr(p, '<', (size_t)(end - p))) != NULL;) {
        if (end - p > 3 && memcmp(p, "<!--", 4) == 0) {
            p = cd_skip_comment(p, end); /* it may name the element */
            continue;
        }
        const char *from = p;
        bool        closing = end - p > 1 && p[1] == '/';
        p += closing ? 2 : 1;
        if (foreign && p < end && holds_html(p, end)) html = closing ? html - (html > 0) : html + 1;
        if (foreign && html == 0 && p < end && breaks_out(p, end)) return from;
        if (!cd_is_tag_name(p, end, name)) continue;
        const char *close = memchr(p, '>', (size_t)(end - p));
        if (!close) return NULL;
        if (closing) depth--;
        else if (close[-1] != '/') depth++;
        p = close + 1;
        if (depth == 0) return p;
    }
    return NULL;
}
