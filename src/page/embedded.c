/* embedded.c -- the story of a page that shows none until its program runs (Next, Nuxt, data attributes, JSON-LD's articleBody). In: a
 * page's bytes. Out: markup, or nothing. Such data is written in many ways, JSON in strings of scripts that are strings of JSON among
 * them, and is not parsed: every long string is decoded and looked at, and the one with the most prose is taken, if that is far more
 * than what the page shows. The path of its blocks says where they are from. It does NOT decide that this is the page's story: the rules
 * and the model judge its blocks like others. */
#include "page/embedded.h"
#include "page/undo.h"

#include "base/utf8.h"
#include "page/page.h"

#include <string.h>

enum {
    SHOWN_MAX = 400,    /* bytes of prose that a page may show itself */
    TEASER_MAX = 2500,  /* the same where the data says that it is the article's body */
    TIMES = 3, TEASER_TIMES = 2, /* so many times as much must be in the data */
    STRING_MIN = 500,   /* bytes of a string that is looked at */
    LONG_RUN = 60,      /* bytes of text without a tag that are no label */
    PARAGRAPHS = 2,     /* tags that make a string the markup of a story */
    SENTENCES = 4,      /* and what makes plain text one */
    DEPTH = 3,          /* strings in strings */
    NAME_REACH = 40,    /* bytes in front of a string in which its name stands */
    TITLE_STEMS = 32    /* words of the title: a third of them must be in the story */
};

typedef struct search {
    cd_buf *best;  /* markup of the best string so far */
    size_t  prose; /* bytes of prose in it */
    uint32_t title[TITLE_STEMS]; /* stems of the page's title */
    size_t   ntitle;
    bool     named; /* only what is called the article's body counts */
} search;

static cd_span behind(cd_span text, size_t n) { return n < text.len ? cd_span_sub(text, n, text.len) : (cd_span){text.ptr + text.len, 0}; }

/* The first place of an element's tag, in whatever case. */
static size_t find_tag(cd_span html, cd_span tag)
{
    for (size_t at = 0; at + tag.len <= html.len; at++) {
        const char *open = memchr(html.ptr + at, '<', html.len - at);
        if (!open) break;
        at = (size_t)(open - html.ptr);
        if (at + tag.len <= html.len && cd_span_is_nocase((cd_span){open, tag.len}, tag)) return at;
    }
    return html.len;
}

/* ---- strings --------------------------------------------------------------------------------------------------------- */

/* Decodes the escape behind a backslash, two code units where they are a pair. Gives how many bytes of `rest` it took. */
static size_t decode_escape(cd_span rest, cd_buf *out, cd_status *st)
{
    static const char letters[] = "nrtbf", values[] = "\n\n\t  ";
    if (!rest.len) return 0;
    const char *letter = memchr(letters, rest.ptr[0], sizeof letters - 1);
    if (rest.ptr[0] != 'u') {
        *st = cd_buf_char(out, letter ? values[letter - letters] : rest.ptr[0]);
        return 1;
    }
    cd_rune rune = 0xFFFD;
    size_t  n = cd_undo_rune(rest, &rune);
    char    bytes[4];
    *st = cd_buf_add(out, (cd_span){bytes, cd_utf8_put(bytes, n == 0 ? 0xFFFD : rune ? rune : ' ')});
    return n ? n : rest.len < 5 ? rest.len : 5;
}

static cd_status decode(cd_span raw, cd_buf *out)
{
    cd_status st = CD_OK;
    while (raw.len && st == CD_OK) {
        const char *back = memchr(raw.ptr, '\\', raw.len);
        size_t      plain = back ? (size_t)(back - raw.ptr) : raw.len;
        st = cd_buf_add(out, cd_span_sub(raw, 0, plain));
        raw = behind(raw, plain);
        if (!raw.len || st != CD_OK) break;
        raw = behind(raw, 1);
        raw = behind(raw, decode_escape(raw, out, &st));
    }
    return st;
}

/* The bytes up to the quotation mark that ends a string. */
static size_t string_length(cd_span rest)
{
    size_t at = 0;
    while (at < rest.len && rest.ptr[at] != '"') at += rest.ptr[at] == '\\' && at + 1 < rest.len ? 2 : 1;
    return at;
}

/* ---- what is a story ------------------------------------------------------------------------------------------------- */

/* JSON: its strings are looked at each. */
static bool is_data(cd_span text)
{
    size_t names = 0;
    for (size_t at; names < 2 && (at = cd_span_find(text, CD_SPAN("\""))) < text.len; text = behind(text, at + 1))
        names += at + 1 < text.len && (text.ptr[at + 1] == ':' || (text.ptr[at + 1] == ',' && at + 2 < text.len && text.ptr[at + 2] == '"'));
    return names == 2;
}

static bool begins_paragraph(cd_span rest)
{
    return rest.len > 2 && (rest.ptr[1] | 0x20) == 'p' && (rest.ptr[2] == '>' || rest.ptr[2] == ' ');
}

/* Bytes in long runs of text between tags; *paragraphs of them begin with <p>. */
static size_t prose_of(cd_span markup, size_t *paragraphs)
{
    size_t prose = 0, run = 0;
    *paragraphs = 0;
    for (size_t i = 0; i < markup.len; i++) {
        run++;
        if (markup.ptr[i] != '<') continue;
        if (run > LONG_RUN) prose += run;
        run = 0;
        *paragraphs += begins_paragraph(behind(markup, i));
        while (i < markup.len && markup.ptr[i] != '>') i++;
    }
    return run > LONG_RUN ? prose + run : prose;
}

/* Sentences of plain text; none where it has the signs of a program. */
static size_t sentences_of(cd_span text)
{
    size_t n = 0, signs = 0;
    for (size_t i = 0; i + 1 < text.len; i++) {
        n += strchr(".!?", text.ptr[i]) && strchr(" \n", text.ptr[i + 1]);
        signs += memchr("{}=<>;[]_\\|", text.ptr[i], 11) != NULL;
    }
    return signs * 100 > text.len ? 0 : n;
}

static void take_title(search *s, cd_span html)
{
    cd_span title = behind(html, find_tag(html, CD_SPAN("<title"))), word;
    title = behind(title, cd_span_find(title, CD_SPAN(">")) + 1);
    title = cd_span_sub(title, 0, find_tag(title, CD_SPAN("</title")));
    while (s->ntitle < TITLE_STEMS && cd_word_take(&title, &word)) {
        uint32_t stem = cd_stem_of(word);
        if (stem) s->title[s->ntitle++] = stem;
    }
}

/* Consent texts, terms, and other pages' stories are long, too; they do not speak of what the title says. */
static bool has_title(const search *s, cd_span text)
{
    uint32_t seen = 0;
    size_t   n = 0;
    for (cd_span word; cd_word_take(&text, &word);) {
        uint32_t stem = cd_stem_of(word);
        for (size_t i = 0; stem && i < s->ntitle; i++)
            if (s->title[i] == stem) seen |= (uint32_t)1 << i;
    }
    for (; seen; seen &= seen - 1) n++;
    return n > 0 && n * 3 >= s->ntitle;
}

static cd_status keep(search *s, cd_span text, size_t prose, bool plain)
{
    cd_status st;
    cd_buf_clear(s->best, s->best->cap);
    s->prose = prose;
    if (!plain) return cd_buf_add(s->best, text);
    for (st = CD_OK; text.len && st == CD_OK;) { /* a line is a paragraph */
        size_t line = cd_span_find(text, CD_SPAN("\n"));
        st = cd_buf_add(s->best, CD_SPAN("<p>"));
        if (st == CD_OK) st = cd_buf_add(s->best, cd_span_sub(text, 0, line));
        text = behind(text, line + 1);
    }
    return st;
}

static cd_status consider(search *s, cd_span text)
{
    size_t paragraphs, prose = prose_of(text, &paragraphs);
    bool   plain = !memchr(text.ptr, '<', text.len);
    if (prose <= s->prose || (plain ? sentences_of(text) < SENTENCES : paragraphs < PARAGRAPHS) || is_data(text) || !has_title(s, text)) return CD_OK;
    return keep(s, text, prose, plain);
}

/* ---- where data stands ----------------------------------------------------------------------------------------------- */

/* Whether a string stands behind the name "articleBody". */
static bool is_named(cd_span before)
{
    before = cd_span_trim(behind(before, before.len > NAME_REACH ? before.len - NAME_REACH : 0));
    if (!cd_span_ends(before, CD_SPAN(":"))) return false;
    return cd_span_ends(cd_span_trim(cd_span_sub(before, 0, before.len - 1)), CD_SPAN("articleBody\""));
}

/* Looks at every long string of `data`, and at those inside it: DEPTH bounds that. */
static cd_status look_at(search *s, cd_span data, unsigned depth)
{
    cd_status   st = CD_OK;
    cd_buf      string = {0};
    const char *from = data.ptr;
    while (data.len && st == CD_OK) {
        size_t at = cd_span_find(data, CD_SPAN("\""));
        data = behind(data, at + 1);
        cd_span raw = cd_span_sub(data, 0, string_length(data));
        data = behind(data, raw.len + 1);
        if (raw.len < STRING_MIN) continue;
        cd_buf_clear(&string, string.cap);
        st = decode(raw, &string);
        bool wanted = !s->named || is_named((cd_span){from, (size_t)(raw.ptr - 1 - from)});
        if (st == CD_OK && string.len && wanted) st = consider(s, cd_buf_span(&string));
        if (st == CD_OK && string.len && depth + 1 < DEPTH) st = look_at(s, cd_buf_span(&string), depth + 1);
    }
    cd_buf_free(&string);
    return st;
}

static cd_status look_at_scripts(search *s, cd_span html)
{
    while (html.len) {
        html = behind(html, find_tag(html, CD_SPAN("<script")));
        size_t end = find_tag(html, CD_SPAN("</script"));
        CD_TRY(look_at(s, cd_span_sub(html, 0, end), 0));
        html = behind(html, end ? end : 1);
    }
    return CD_OK;
}

/* Attributes that hold JSON, its quotation marks as references. */
static cd_status look_at_attributes(search *s, cd_span html)
{
    cd_status st = CD_OK;
    cd_buf    data = {0};
    while (st == CD_OK && html.len) {
        size_t at = cd_span_find(html, CD_SPAN("=\"{&quot;"));
        if (at == html.len) break;
        html = behind(html, at + 2);
        cd_span value = cd_span_sub(html, 0, cd_span_find(html, CD_SPAN("\"")));
        html = behind(html, value.len);
        if (value.len < STRING_MIN) continue;
        cd_buf_clear(&data, data.cap);
        while (value.len && st == CD_OK) {
            size_t quote = cd_span_find(value, CD_SPAN("&quot;"));
            st = cd_buf_add(&data, cd_span_sub(value, 0, quote));
            if (st == CD_OK && quote < value.len) st = cd_buf_char(&data, '"');
            value = behind(value, quote + 6);
        }
        if (st == CD_OK) st = look_at(s, cd_buf_span(&data), 0);
    }
    cd_buf_free(&data);
    return st;
}

cd_status cd_embedded_story(cd_span html, size_t shown, cd_buf *out)
{
    cd_buf    best = {0};
    search    s = {.best = &best};
    if (shown > TEASER_MAX) return CD_OK;
    s.named = shown > SHOWN_MAX;
    take_title(&s, html);
    cd_status st = look_at_scripts(&s, html);
    if (st == CD_OK) st = look_at_attributes(&s, html);
    if (st == CD_OK && s.prose > shown * (s.named ? TEASER_TIMES : TIMES) && s.prose >= STRING_MIN) {
        st = cd_buf_add(out, CD_SPAN("<embedded-story><article>"));
        if (st == CD_OK) st = cd_buf_add(out, cd_buf_span(&best));
        if (st == CD_OK) st = cd_buf_add(out, CD_SPAN("</article></embedded-story>"));
    }
    cd_buf_free(&best);
    return st;
}
