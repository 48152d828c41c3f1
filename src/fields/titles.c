/* titles.c -- titles of pages. In: what a page calls itself in its window, for other sites, or for machines ("Bridge reopens | Harbour
 * Times - News"). Out: the story's part of it. What stands apart by a bar or a dash at either end is the site's if it is one of the names
 * that the page has for its site, or its host; in the window's title also by its shape: it is short, or stands behind a bar. */
#include "fields/stated.h"

/* Bytes of a name without its blanks and signs. */
enum { SQUEEZED = 400, NAME_LETTERS = 4 };

typedef struct squeezed {
    char   bytes[SQUEEZED];
    size_t len;
} squeezed;

/* Letters and digits alone, folded; empty where they are too many. */
static squeezed squeeze(cd_span text)
{
    squeezed s = {.len = 0};
    while (text.len) {
        cd_rune r = cd_utf8_take(&text);
        if (!cd_is_letter(r) && !cd_is_digit(r)) continue;
        if (s.len + 4 > SQUEEZED) return (squeezed){.len = 0};
        s.len += cd_utf8_put(s.bytes + s.len, cd_fold(r));
    }
    return s;
}

static cd_span span_of(const squeezed *s) { return (cd_span){s->bytes, s->len}; }
static bool    holds(cd_span text, cd_span part) { return part.len && cd_span_find(text, part) < text.len; }

bool cd_same_letters(cd_span a, cd_span b)
{
    squeezed x = squeeze(a), y = squeeze(b);
    return x.len && cd_span_is(span_of(&x), span_of(&y));
}

cd_span cd_host_of(const cd_page *page)
{
    cd_span url = page->url;
    size_t  at = cd_span_find(url, CD_SPAN("://"));
    if (!url.len || at == url.len) return (cd_span){NULL, 0};
    url = cd_span_sub(url, at + 3, url.len);
    for (size_t i = 0; i < url.len; i++)
        if (strchr("/:?#", url.ptr[i])) url.len = i;
    return cd_span_starts(url, CD_SPAN("www.")) ? cd_span_sub(url, 4, url.len) : url;
}

/* The longest part of a host is the one that the site is called by: "harbourtimes" of "news.harbourtimes.co.uk". */
static cd_span main_label(cd_span host)
{
    cd_span best = {NULL, 0};
    for (size_t from = 0, i = 0; i < host.len; i++) /* the last label is the country or the kind */
        if (host.ptr[i] == '.') {
            if (i - from > best.len) best = cd_span_sub(host, from, i);
            from = i + 1;
        }
    return best;
}

bool cd_is_site_name(const cd_page *page, cd_span text)
{
    squeezed name = squeeze(text), host = squeeze(cd_host_of(page)), label = squeeze(main_label(cd_host_of(page)));
    cd_span  n = span_of(&name);
    if (!n.len) return false;
    for (size_t i = 0; i < page->metas.n; i++) {
        const cd_meta *m = &page->metas.at[i];
        if (m->field != CD_META_SOURCE) continue;
        squeezed site = squeeze(m->value);
        cd_span  s = span_of(&site);
        if (cd_span_is(n, s)) return true;
        if (n.len >= NAME_LETTERS && s.len >= NAME_LETTERS && (holds(s, n) || (holds(n, s) && n.len <= s.len * 2))) return true;
    }
    if (n.len >= NAME_LETTERS && holds(span_of(&host), n)) return true;
    return label.len >= NAME_LETTERS && holds(n, span_of(&label)) && n.len <= label.len * 3;
}

/* Where a title may part. */
static bool is_bar(cd_rune r) { return r == '|' || r == 0xFF5C || r == 0x2502 || r == 0x3163; }
static bool is_dash(cd_rune r)
{
    return r == '-' || r == 0x2013 || r == 0x2014 || r == 0xB7 || r == 0x2022 || r == 0xBB || r == 0xAB || r == 0x203A || r == 0x2039 || r == '/' ||
           r == '~' || r == 0x2015 || r == ':';
}

typedef struct seam {
    size_t  from, to; /* the sign with the blanks around it */
    cd_rune sign;
} seam;

/* The last seam of `title` (or its first one); false where there is none. A dash needs blanks at both sides. */
static bool find_seam(cd_span title, bool first, seam *out)
{
    cd_span rest = title;
    bool    found = false;
    while (rest.len) {
        size_t  at = title.len - rest.len;
        cd_rune r = cd_utf8_take(&rest);
        size_t  to = title.len - rest.len;
        if (r == ':' && rest.len && *rest.ptr == ':') to++;
        bool blanks = at > 0 && title.ptr[at - 1] == ' ' && to < title.len && title.ptr[to] == ' ';
        if (!is_bar(r) && !(is_dash(r) && blanks)) continue;
        *out = (seam){at, to, r};
        found = true;
        if (first) break;
    }
    return found;
}

/* Whether the page states `text` as a section that it is of: "| Opinion" behind a heading. */
static bool is_section(const cd_page *page, cd_span text)
{
    for (size_t i = 0; i < page->metas.n; i++)
        if (page->metas.at[i].field == CD_META_SECTION && cd_same_words(page->metas.at[i].value, text)) return true;
    return false;
}

static cd_span without_end(const cd_page *page, cd_span title, bool window)
{
    seam s;
    while (find_seam(title, false, &s)) {
        cd_span front = cd_span_trim(cd_span_sub(title, 0, s.from)), end = cd_span_trim(cd_span_sub(title, s.to, title.len));
        size_t  words = cd_word_count(front), behind = cd_word_count(end);
        bool    shape = window && ((is_bar(s.sign) && words >= 2) || (behind <= 3 && words >= 4));
        bool    section = is_bar(s.sign) && words > 3 && is_section(page, end);
        if (!front.len || (!shape && !section && !cd_is_site_name(page, end))) break;
        title = front;
    }
    return title;
}

cd_span cd_title_story(const cd_page *page, cd_span title, bool window)
{
    seam s;
    title = without_end(page, cd_span_trim(title), window);
    while (find_seam(title, true, &s)) {
        cd_span front = cd_span_trim(cd_span_sub(title, 0, s.from)), end = cd_span_trim(cd_span_sub(title, s.to, title.len));
        if (!end.len || !cd_is_site_name(page, front)) break;
        title = end;
    }
    return title;
}

cd_title_words cd_words_of_title(cd_span text)
{
    cd_title_words words;
    cd_span        word;
    for (words.n = 0; words.n < CD_TITLE_WORDS && cd_word_take(&text, &word);) words.at[words.n++] = cd_fold_hash(word);
    return words;
}

unsigned cd_words_shared(const cd_title_words *a, const cd_title_words *b)
{
    size_t both = 0;
    for (size_t i = 0; i < a->n; i++) {
        size_t k = 0;
        while (k < b->n && b->at[k] != a->at[i]) k++;
        both += k < b->n;
    }
    size_t all = a->n + b->n > both ? a->n + b->n - both : 1;
    return both >= all ? 100 : (unsigned)(both * 100 / all);
}
