/* family.c -- class words -> families. In: "Article-body__text wp-caption". Out: bits. A class is cut into words at signs, digits and
 * changes of case; each word, each two and each three in a row, written together in lower case, are looked up in
 * data/tables/classwords.tsv. So "related-posts", "relatedPosts" and "relatedposts" are one entry. */
#include "page/family.h"

#include "base/utf8.h"

enum { WORDS_IN_A_ROW = 3, KEY_BYTES = 40, SLOTS = 1024 };

static const cd_span family_names[] = {
#define X(name, text) CD_SPAN(text),
    CD_FAMILIES(X)
#undef X
};

_Static_assert(CD_FAMILY_COUNT <= 64, "a set of families is 64 bits");

const char *cd_family_name(cd_family family) { return family_names[family].ptr; }

cd_status cd_families_open(cd_families *f, const cd_page *page, cd_error *err)
{
    *f = (cd_families){.table = cd_data_table("/classwords.tsv"), .families = cd_arena_raw(page->arena, SLOTS, sizeof *f->families)};
    return f->families && cd_slots_make(&f->slots, page->arena, SLOTS, page->hash_key) ? CD_OK : cd_fail_memory(err);
}

/* "related,nav" -> bits */
static uint64_t bits_of(cd_span value)
{
    uint64_t bits = 0;
    while (value.len) {
        const char *comma = memchr(value.ptr, ',', value.len);
        size_t      len = comma ? (size_t)(comma - value.ptr) : value.len;
        for (size_t i = 0; i < CD_FAMILY_COUNT; i++)
            if (family_names[i].ptr[0] == value.ptr[0] && cd_span_is(cd_span_sub(value, 0, len), family_names[i])) bits |= CD_FAMILY_BIT(i);
        value = cd_span_sub(value, comma ? len + 1 : len, value.len);
    }
    return bits;
}

/* The last words in lower case, one behind the other, and where each begins. */
typedef struct window {
    char   bytes[WORDS_IN_A_ROW * KEY_BYTES];
    size_t from[WORDS_IN_A_ROW], n, len;
} window;

/* Makes room for one more word, letting go of the first where there are as many as may stand in a row. */
static void begin_word(window *w)
{
    if (w->n == WORDS_IN_A_ROW) {
        memmove(w->bytes, w->bytes + w->from[1], w->len - w->from[1]);
        w->len -= w->from[1];
        for (size_t i = 1; i < WORDS_IN_A_ROW; i++) w->from[i - 1] = w->from[i] - w->from[1];
        w->n--;
    }
    w->from[w->n++] = w->len;
}

static uint64_t look_up(const cd_families *f, const window *w)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < w->n; i++) {
        cd_span  key = {w->bytes + w->from[i], w->len - w->from[i]}, value;
        if (cd_data_find(f->table, key, cd_hash_bytes(key), &value)) bits |= bits_of(value);
    }
    return bits;
}

static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

static uint64_t read_words(const cd_families *f, cd_span text)
{
    uint64_t bits = 0;
    window   w = {.n = 0};
    for (size_t i = 0; i < text.len;) {
        if (!is_lower(text.ptr[i]) && !is_upper(text.ptr[i])) {
            if (cd_is_blank(text.ptr[i])) w.n = w.len = 0; /* the next class */
            i++;
            continue;
        }
        begin_word(&w);
        size_t from = i;
        for (; i < text.len && i - from < KEY_BYTES && (is_lower(text.ptr[i]) || is_upper(text.ptr[i])); i++) {
            if (i > from && is_upper(text.ptr[i]) && is_lower(text.ptr[i - 1])) break;
            w.bytes[w.len++] = (char)(text.ptr[i] | 0x20);
        }
        bits |= look_up(f, &w);
    }
    return bits;
}

uint64_t cd_families_of(cd_families *f, cd_span words)
{
    if (words.len == 0) return 0;
    uint64_t hash = cd_hash_bytes(words) | 1;
    size_t   at = cd_slots_find(&f->slots, hash);
    if (f->slots.hashes[at]) return f->families[at];
    uint64_t families = read_words(f, words);
    if (f->used * 4 < f->slots.mask * 3) { /* a page with more classes than that looks at the rest each time */
        f->slots.hashes[at] = hash;
        f->families[at] = families;
        f->used++;
    }
    return families;
}
