/* front.c -- "title: ...", "date: ..." in front of a text -> statements, as tags are them in HTML. In: the first lines. Out: statements of the
 * page. Two forms: front matter between lines of "---", as YAML's simple cases are (trafilatura, Hugo, Jekyll), and labels that are known
 * alone (reader services, data sets, crawlers). A line that is neither ends it; so does anything that one who writes prose might have written. */
#include "page/front.h"

#include "page/statement.h"

/* Lines of front matter at most; labels that show one without "---"; bytes of a key. */
enum { FRONT_LINES = 80, LABELS = 2, KEY_BYTES = 40 };

/* What the keys mean, without case, blanks and the signs between words. TYPE stands for "nothing that a record has". */
static const struct {
    const char   *name;
    cd_meta_field field;
} keys[] = {
    {"title", CD_META_HEADLINE},        {"headline", CD_META_HEADLINE},      {"author", CD_META_AUTHOR},        {"authors", CD_META_AUTHOR},
    {"byline", CD_META_AUTHOR},         {"creator", CD_META_AUTHOR},         {"date", CD_META_DATE},            {"published", CD_META_DATE},
    {"publishedtime", CD_META_DATE},    {"publisheddate", CD_META_DATE},     {"publishedat", CD_META_DATE},     {"publishdate", CD_META_DATE},
    {"datepublished", CD_META_DATE},    {"publicationdate", CD_META_DATE},   {"pubdate", CD_META_DATE},         {"modified", CD_META_MODIFIED},
    {"modifiedtime", CD_META_MODIFIED}, {"datemodified", CD_META_MODIFIED},  {"lastmod", CD_META_MODIFIED},     {"lastmodified", CD_META_MODIFIED},
    {"updated", CD_META_MODIFIED},      {"url", CD_META_URL},                {"urlsource", CD_META_URL},        {"sourceurl", CD_META_URL},
    {"link", CD_META_URL},              {"canonical", CD_META_URL},          {"canonicalurl", CD_META_URL},     {"source", CD_META_SOURCE},
    {"site", CD_META_SOURCE},           {"sitename", CD_META_SOURCE},        {"publisher", CD_META_SOURCE},     {"publication", CD_META_SOURCE},
    {"section", CD_META_SECTION},       {"category", CD_META_SECTION},       {"tags", CD_META_TAG},             {"keywords", CD_META_TAG},
    {"language", CD_META_LANGUAGE},     {"lang", CD_META_LANGUAGE},          {"image", CD_META_IMAGE},          {"description", CD_META_SUMMARY},
    {"summary", CD_META_SUMMARY},       {"excerpt", CD_META_SUMMARY},        {"hostname", CD_META_TYPE},        {"host", CD_META_TYPE},
    {"domain", CD_META_TYPE},           {"id", CD_META_TYPE},                {"fingerprint", CD_META_TYPE},     {"license", CD_META_TYPE},
    {"markdowncontent", CD_META_TYPE},  {"content", CD_META_TYPE},           {"text", CD_META_TYPE},
};

/* What crawlers say of their own work: with a date behind it, it stands in front of no other text. */
static const char *const crawled[] = {"scraped",     "scrapedat", "scrapedon",   "scrapedate", "crawled",   "crawledat", "crawledon",    "crawldate",
                                      "crawltime",   "fetched",   "fetchedat",   "fetchedon",  "fetchdate", "fetchtime", "downloaded",   "downloadedat",
                                      "downloadedon", "saved",    "savedat",     "savedon",    "timestamp", "captured",  "capturedat",   "warcdate",
                                      "retrieved",   "retrievedat", "retrievedon", "archived", "archivedat", "archivedon"};

typedef struct entry {
    cd_span       key, value;
    cd_meta_field field;   /* CD_META_COUNT: the key is not known */
    bool          crawler; /* it says when a crawler was here, and so that one wrote this */
} entry;

/* "2026-02-10T12:44:01Z", "10 Feb 2026 12:44": digits of a year at least, and few words. */
static bool is_like_date(cd_span value)
{
    size_t digits = 0, blanks = 0;
    for (size_t i = 0; i < value.len; i++) {
        digits += value.ptr[i] >= '0' && value.ptr[i] <= '9';
        blanks += value.ptr[i] == ' ';
    }
    return digits >= 5 && digits * 3 >= value.len && blanks <= 6;
}

static void find_key(entry *e)
{
    char   name[KEY_BYTES + 1];
    size_t n = 0;
    for (size_t i = 0; i < e->key.len; i++) {
        char c = e->key.ptr[i];
        if (c == ' ' || c == '_' || c == '-') continue;
        name[n++] = c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
    }
    name[n] = 0;
    e->field = CD_META_COUNT;
    e->crawler = false;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i].name, name) == 0) e->field = keys[i].field;
    for (size_t i = 0; e->field == CD_META_COUNT && i < sizeof crawled / sizeof *crawled; i++)
        if (strcmp(crawled[i], name) == 0 && is_like_date(e->value)) e->field = CD_META_TYPE, e->crawler = true;
}

static bool is_key_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == ' '; }

/* "Key: value", where the value may be missing. */
static bool read_entry(cd_span text, entry *e)
{
    size_t n = 0;
    while (n < text.len && n < KEY_BYTES && is_key_letter(text.ptr[n])) n++;
    if (n == 0 || n == text.len || text.ptr[n] != ':' || (n + 1 < text.len && text.ptr[n + 1] != ' ')) return false;
    *e = (entry){.key = cd_span_sub(text, 0, n), .value = cd_span_trim(cd_span_sub(text, n + 1, text.len))};
    find_key(e);
    return true;
}

/* Without a pair of quotation marks around it, if these are its only ones but for those that YAML escapes: behind a backslash between
 * double ones, twice between single ones. The first of the two is taken off. */
static cd_status unquote(cd_page *page, cd_span *value, cd_error *err)
{
    char   c = value->len > 1 ? *value->ptr : 0;
    size_t n = 0;
    if ((c != '"' && c != '\'') || value->ptr[value->len - 1] != c) return CD_OK;
    cd_span inner = cd_span_sub(*value, 1, value->len - 1);
    char   *to = cd_arena_take(page->arena, inner.len + 1);
    if (!to) return cd_fail_memory(err);
    for (size_t i = 0; i < inner.len; i++) {
        char next = i + 1 < inner.len ? inner.ptr[i + 1] : 0;
        bool escaped = c == '"' ? inner.ptr[i] == '\\' && (next == c || next == '\\') : inner.ptr[i] == c && next == c;
        if (escaped) i++;
        else if (inner.ptr[i] == c) return CD_OK; /* "Yes" and "no": words of the value */
        to[n++] = inner.ptr[i];
    }
    *value = cd_span_trim((cd_span){to, n});
    return CD_OK;
}

static cd_status state(cd_page *page, const entry *e, cd_span value, cd_error *err)
{
    cd_meta one = {.field = e->field, .origin = CD_FROM_FRONT, .key = e->key, .value = cd_span_trim(value), .block = CD_NO_BLOCK};
    CD_TRY(unquote(page, &one.value, err));
    bool    address = cd_span_starts(one.value, CD_SPAN("http://")) || cd_span_starts(one.value, CD_SPAN("https://"));
    if (one.field == CD_META_SOURCE && address) one.field = CD_META_URL; /* "Source: https://..." */
    if (one.field >= CD_META_TYPE || !one.value.len || (one.field == CD_META_URL && !address)) return CD_OK;
    return cd_meta_state(page, &one, err);
}

/* A value that may be several: "[a, 'b, c']", "a; b", and of tags "a, b". */
static cd_status state_each(cd_page *page, const entry *e, cd_error *err)
{
    cd_span    value = e->value;
    const bool list = value.len > 1 && *value.ptr == '[' && value.ptr[value.len - 1] == ']';
    if (list) value = cd_span_sub(value, 1, value.len - 1);
    if (e->field != CD_META_TAG && e->field != CD_META_AUTHOR) return state(page, e, value, err);
    size_t from = 0;
    char   quote = 0;
    bool   blank = true; /* all from `from` on */
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        if (quote == '\'' && c == quote && i + 1 < value.len && value.ptr[i + 1] == c) {
            i++; /* YAML's way to write one */
            continue;
        }
        bool opens = (c == '"' || c == '\'') && blank;
        blank = blank && cd_is_blank(c);
        if (quote ? c == quote : opens) quote = quote ? 0 : c;
        if (quote || (c != ';' && (c != ',' || (!list && e->field == CD_META_AUTHOR)))) continue;
        CD_TRY(state(page, e, cd_span_sub(value, from, i), err));
        from = i + 1;
        blank = true;
    }
    return state(page, e, cd_span_sub(value, from, value.len), err);
}

/* ---- between "---" -------------------------------------------------------------------------------------------------- */

static bool is_fence(cd_span text) { return cd_span_is(text, CD_SPAN("---")); }

/* What stands indented, or behind "- ", below a key without a value goes with it. */
static bool goes_below(const cd_text_line *l) { return l->indent > 0 || cd_span_starts(l->text, CD_SPAN("- ")); }

/* The line of the closing fence, or 0: a line between is neither an entry nor below one, or no key is known. */
static size_t fenced_end(const cd_text_line *lines, size_t n, size_t from)
{
    bool known = false;
    for (size_t i = from + 1; i < n && i <= from + FRONT_LINES; i++) {
        entry e;
        if (is_fence(lines[i].text) || cd_span_is(lines[i].text, CD_SPAN("..."))) return known ? i : 0;
        if (lines[i].text.len == 0 || *lines[i].text.ptr == '#' || goes_below(&lines[i])) continue;
        if (!read_entry(lines[i].text, &e)) return 0;
        known = known || e.field < CD_META_TYPE;
    }
    return 0;
}

/* The lines from `from` on that go below an entry: *to is behind them. Entries of its own below one ("author:", "  name: ...") are none of ours. */
static bool is_plain_below(const cd_text_line *lines, size_t from, size_t end, size_t *to)
{
    bool  plain = true;
    entry own;
    for (*to = from; *to < end && lines[*to].text.len && goes_below(&lines[*to]); ++*to) {
        cd_span text = lines[*to].text;
        plain = plain && !read_entry(cd_span_starts(text, CD_SPAN("- ")) ? cd_span_trim(cd_span_sub(text, 2, text.len)) : text, &own);
    }
    return plain;
}

/* Items below an entry are a value each; other lines go on its value. */
static cd_status read_below(cd_page *page, entry *e, const cd_text_line *lines, size_t from, size_t to, cd_error *err)
{
    size_t bytes = e->value.len, n = 0;
    for (size_t i = from; i < to; i++) bytes += lines[i].text.len + 1;
    char *text = cd_arena_take(page->arena, bytes + 1);
    if (!text) return cd_fail_memory(err);
    if (e->value.len && !strchr(">|", *e->value.ptr)) memcpy(text, e->value.ptr, n = e->value.len); /* ">-" says that lines follow */
    for (size_t i = from; i < to; i++) {
        if (cd_span_starts(lines[i].text, CD_SPAN("- "))) {
            CD_TRY(state(page, e, cd_span_sub(lines[i].text, 2, lines[i].text.len), err));
            continue;
        }
        if (n) text[n++] = ' ';
        memcpy(text + n, lines[i].text.ptr, lines[i].text.len);
        n += lines[i].text.len;
    }
    e->value = (cd_span){text, n};
    return n ? state_each(page, e, err) : CD_OK;
}

static cd_status read_fenced(cd_page *page, const cd_text_line *lines, size_t from, size_t to, cd_error *err)
{
    for (size_t i = from + 1, behind; i < to; i = behind) {
        entry e;
        bool  is = lines[i].text.len && *lines[i].text.ptr != '#' && !goes_below(&lines[i]) && read_entry(lines[i].text, &e);
        bool  plain = is_plain_below(lines, i + 1, to, &behind);
        if (is && plain) CD_TRY(read_below(page, &e, lines, i + 1, behind, err));
    }
    return CD_OK;
}

/* ---- labels alone --------------------------------------------------------------------------------------------------- */

/* Known labels in front of a text: the line behind the last one, and whether a crawler wrote them; 0: there are none. */
typedef struct label_block {
    size_t end;
    bool   crawler;
} label_block;

static bool is_address(cd_span value) { return cd_span_starts(value, CD_SPAN("http://")) || cd_span_starts(value, CD_SPAN("https://")); }

static bool is_ruler(cd_span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!strchr("-=_*", text.ptr[i])) return false;
    return text.len > 2;
}

/* A title or an address must be among two labels or more; an address or a crawler's date may stand alone, but not as "Link: https://...". */
static label_block find_labels(const cd_text_line *lines, size_t n, size_t from)
{
    label_block found = {0, false};
    size_t      labels = 0;
    bool        sure = false, alone = false;
    for (size_t i = from, blank = 0; i < n && i < from + FRONT_LINES && blank < 2; i++) {
        entry e;
        blank = lines[i].text.len ? 0 : blank + 1;
        if (blank) continue;
        if (lines[i].indent || !read_entry(lines[i].text, &e) || e.field == CD_META_COUNT || (!e.value.len && e.field != CD_META_TYPE)) break;
        found.crawler = found.crawler || e.crawler;
        alone = alone || e.crawler || (e.field == CD_META_URL && is_address(e.value) && (*e.key.ptr | 32) != 'l');
        sure = sure || e.field == CD_META_HEADLINE || e.field == CD_META_URL;
        labels++;
        found.end = i + 1;
    }
    if (!alone && (!sure || labels < LABELS)) found.end = 0;
    if (found.end && found.crawler && found.end < n && is_ruler(lines[found.end].text)) found.end++;
    return found;
}

/* "example.com": what a crawler calls a source is where it was. */
static bool is_host(cd_span value) { return !memchr(value.ptr, ' ', value.len) && memchr(value.ptr, '.', value.len); }

static cd_status read_labels(cd_page *page, const cd_text_line *lines, size_t from, label_block labels, cd_error *err)
{
    for (size_t i = from; i < labels.end; i++) {
        entry e;
        if (!lines[i].text.len || !read_entry(lines[i].text, &e)) continue;
        if (labels.crawler && e.field == CD_META_SOURCE && !is_address(e.value) && is_host(e.value)) continue;
        CD_TRY(state_each(page, &e, err));
    }
    return CD_OK;
}

cd_status cd_front_read(cd_page *page, const cd_text_line *lines, size_t n, size_t *behind, cd_error *err)
{
    size_t from = 0;
    *behind = 0;
    while (from < n && lines[from].text.len == 0) from++;
    if (from == n) return CD_OK;
    if (is_fence(lines[from].text)) {
        size_t to = fenced_end(lines, n, from);
        if (to) *behind = to + 1;
        return to ? read_fenced(page, lines, from, to, err) : CD_OK;
    }
    label_block labels = find_labels(lines, n, from);
    *behind = labels.end;
    return read_labels(page, lines, from, labels, err);
}
