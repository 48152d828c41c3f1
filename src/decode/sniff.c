/* sniff.c -- is a page HTML, and in which encoding does it say it is? In: its first bytes, in any encoding that holds ASCII. Looks
 * only.
 *
 * A page is HTML where its first sign but blanks, comments and declarations begins a tag that HTML pages begin with, or where a head of
 * the page is thick with tags that are closed again. A story about HTML that quotes some tags is text: its first sign is a letter. */
#include "decode/sniff.h"

#include "decode/decode.h"

/* Bytes in which browsers look for a <meta charset>: 1,024. Pages with long heads have it later. */
static const size_t CHARSET_BYTES = 16 * 1024;

/* Bytes in front of a page in which a server's messages may stand: some twenty of them. */
static const size_t MESSAGE_BYTES = 8 * 1024;

static bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

static bool starts(cd_span text, cd_span word) { return text.len >= word.len && cd_span_is_nocase(cd_span_sub(text, 0, word.len), word); }

static cd_span skip(cd_span text, size_t n) { return cd_span_sub(text, n < text.len ? n : text.len, text.len); }

/* Behind the blanks, comments, declarations and byte order mark in front. */
static cd_span skip_front(cd_span text, bool *declared)
{
    for (;;) {
        while (text.len && cd_is_blank(*text.ptr)) text = skip(text, 1);
        if (starts(text, CD_SPAN("\xEF\xBB\xBF"))) text = skip(text, 3);
        else if (starts(text, CD_SPAN("<!--"))) text = skip(text, cd_span_find(text, CD_SPAN("-->")) + 3);
        else if (starts(text, CD_SPAN("<?xml"))) text = skip(text, cd_span_find(text, CD_SPAN(">")) + 1);
        else if (starts(text, CD_SPAN("<!doctype html"))) *declared = true, text = skip(text, cd_span_find(text, CD_SPAN(">")) + 1);
        else return text;
    }
}

/* Whether a tag with one of the names with which pages and pieces of pages begin stands here. */
static bool starts_page(cd_span text)
{
    static const char *const names[] = {"html", "head", "body", "meta", "title", "link", "script", "style", "base", "div", "article", "section",
                                        "main", "header", "table", "p", "h1", "h2", "ul", "nav", "center", "span", "noscript", "figure", "form", "a"};
    if (text.len < 3 || *text.ptr != '<') return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cd_span name = cd_span_of(names[i]), behind = skip(text, 1 + name.len);
        if (starts(skip(text, 1), name) && behind.len && (cd_is_blank(*behind.ptr) || *behind.ptr == '>' || *behind.ptr == '/')) return true;
    }
    return false;
}

/* Whether an end tag stands in `text`. A page of which the end was cut off in its first tag holds none, and nothing to read. */
static bool has_end_tag(cd_span text)
{
    for (size_t at; (at = cd_span_find(text, CD_SPAN("</"))) < text.len; text = skip(text, at + 2))
        if (at + 2 < text.len && is_letter(text.ptr[at + 2])) return true;
    return false;
}

/* Whether a server's messages stand in front of the page: "<br /><b>Warning</b>: mysql_connect() ... on line <b>12</b>", in lines of
 * their own, and then the page begins. */
static bool starts_behind_messages(cd_span text)
{
    if (!starts(text, CD_SPAN("<br")) && !starts(text, CD_SPAN("<b>"))) return false;
    text = cd_span_sub(text, 0, text.len < MESSAGE_BYTES ? text.len : MESSAGE_BYTES);
    for (size_t at; (at = cd_span_find(text, CD_SPAN("\n"))) < text.len;) {
        text = skip(text, at + 1);
        if (starts(text, CD_SPAN("<!doctype html")) || starts(text, CD_SPAN("<html"))) return true;
    }
    return false;
}

bool cd_decode_is_html(cd_span bytes)
{
    bool    declared = false;
    cd_span text = skip_front(bytes, &declared);
    return declared || starts_behind_messages(text) || (starts_page(text) && (starts(text, CD_SPAN("<html")) || has_end_tag(text)));
}

/* The name behind "charset" and "=" in a tag; false where that is none. */
static bool take_name(cd_span text, char name[40])
{
    size_t at = 0, len = 0;
    while (at < text.len && cd_is_blank(text.ptr[at])) at++;
    if (at >= text.len || text.ptr[at++] != '=') return false;
    while (at < text.len && (cd_is_blank(text.ptr[at]) || text.ptr[at] == '"' || text.ptr[at] == '\'')) at++;
    for (; at < text.len && len < 39; at++) {
        char c = text.ptr[at];
        if (!is_letter(c) && !(c >= '0' && c <= '9') && c != '-' && c != '_' && c != ':' && c != '.') break;
        name[len++] = c;
    }
    name[len] = '\0';
    return len > 2;
}

bool cd_sniff_charset(cd_span bytes, char name[40])
{
    const cd_span charset = CD_SPAN("charset"), encoding = CD_SPAN("encoding");
    cd_span       rest = cd_span_sub(bytes, 0, bytes.len < CHARSET_BYTES ? bytes.len : CHARSET_BYTES);
    for (size_t at; (at = cd_span_find(rest, CD_SPAN("<"))) < rest.len;) {
        rest = skip(rest, at);
        size_t  end = cd_span_find(rest, CD_SPAN(">"));
        cd_span tag = cd_span_sub(rest, 0, end), word = starts(tag, CD_SPAN("<?xml")) ? encoding : charset;
        bool    asks = starts(tag, CD_SPAN("<meta")) || word.ptr == encoding.ptr;
        for (size_t i = 0; asks && i + word.len < tag.len; i++)
            if (cd_span_is_nocase(cd_span_sub(tag, i, i + word.len), word) && take_name(skip(tag, i + word.len), name)) return true;
        rest = skip(rest, 1);
    }
    return false;
}
