/* datetoken.c -- the words, numbers and signs that dates and times are made of. In: a cursor in a short text. Out: what stands there, and the
 * cursor behind it; where nothing fits the cursor stays. */
#include "fields/datescan.h"

int cd_date_digit_beyond(const char *p, const char *end, size_t *len)
{
    static const cd_rune zeros[] = {0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66,
                                    0x0CE6, 0x0D66, 0x0E50, 0x0ED0, 0x1040, 0x17E0, 0xFF10};
    cd_span rest = {p, (size_t)(end - p)};
    cd_rune r = cd_utf8_take(&rest);
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros && r >= zeros[i]; i++)
        if (r - zeros[i] < 10) {
            *len = (size_t)(rest.ptr - p);
            return (int)(r - zeros[i]);
        }
    return -1;
}

bool cd_date_number(cd_date_cursor *c, size_t min, size_t max, int *value)
{
    const char *p = c->p;
    size_t      n = 0, len;
    int         v = 0;
    for (int digit; n < max && (digit = cd_date_digit(p, c->end, &len)) >= 0; n++, p += len) v = v * 10 + digit;
    if (n < min) return false;
    c->p = p;
    *value = v;
    return true;
}

bool cd_date_sign(cd_date_cursor *c, const char *signs)
{
    if (c->p == c->end || *c->p == '\0' || !strchr(signs, *c->p)) return false;
    c->p++;
    return true;
}

void cd_date_blanks(cd_date_cursor *c)
{
    while (c->p < c->end && *c->p == ' ') c->p++;
}

/* Glued words end where the case says so: "pm|Updated", "EST|Updated". */
static bool is_joint(cd_rune before, cd_rune r, cd_rune after)
{
    return cd_is_upper(r) && (cd_is_lower(before) || (cd_is_upper(before) && cd_is_lower(after)));
}

/* The end of a word of ASCII letters, small ones but for the first, so that it holds no joint; NULL where there is none. */
static const char *plain_word(const char *p, const char *end)
{
    if (p == end || !cd_is_letter((unsigned char)*p)) return NULL;
    const char *stop = p + 1 + cd_small_letters(p + 1, end);
    return cd_date_ends_word(stop, end) ? stop : NULL;
}

bool cd_date_word(cd_date_cursor *c, cd_folded *word)
{
    cd_span     rest = {c->p, (size_t)(c->end - c->p)};
    const char *stop = plain_word(c->p, c->end);
    if (stop) {
        cd_fold_word((cd_span){c->p, (size_t)(stop - c->p)}, word);
        c->p = stop;
        return true;
    }
    stop = c->p;
    cd_rune     before = ' ', r = cd_utf8_take(&rest);
    while (r != CD_RUNE_END && cd_is_letter(r)) {
        const char *next = rest.ptr;
        cd_span     ahead = rest;
        cd_rune     after = cd_utf8_take(&ahead);
        if (stop > c->p && is_joint(before, r, after)) break;
        stop = next;
        before = r;
        rest = ahead;
        r = after;
    }
    if (stop == c->p) return false;
    cd_fold_word((cd_span){c->p, (size_t)(stop - c->p)}, word);
    c->p = stop;
    return true;
}

bool cd_date_look_up(cd_date_cursor *c, const cd_data_file *table, cd_span *value)
{
    cd_date_cursor try = *c;
    cd_folded      word, next;
    if (!cd_date_word(&try, &word) || !cd_table_find(table, &word, value)) return false;
    if (value->len == 1 && *value->ptr == '+') {
        char between = cd_date_sign(&try, ".") ? '.' : ' ';
        cd_date_blanks(&try);
        if (!cd_date_word(&try, &next) || word.len + 1 + next.len > CD_FOLDED_BYTES) return false;
        word.bytes[word.len] = between;
        memcpy(word.bytes + word.len + 1, next.bytes, next.len);
        word.len += 1 + next.len;
        word.hash = cd_hash_bytes((cd_span){word.bytes, word.len});
        if (!cd_table_find(table, &word, value)) return false;
    }
    c->p = try.p;
    return true;
}

bool cd_date_kind_word(cd_date_cursor *c, const char *kind, cd_span *argument)
{
    cd_date_cursor try = *c;
    cd_span        value;
    if (!cd_date_look_up(&try, c->scan->tables->datewords, &value)) return false;
    if (!cd_value_has(value, cd_span_of(kind), argument)) return false;
    c->p = try.p;
    return true;
}

bool cd_date_literal(cd_date_cursor *c, const char *text)
{
    size_t n = strlen(text);
    if ((size_t)(c->end - c->p) < n || memcmp(c->p, text, n) != 0) return false;
    c->p += n;
    return true;
}

void cd_date_separators(cd_date_cursor *c, size_t most)
{
    static const char *const signs[] = {",", "|", "-", "/", ";", "(", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\xA2", "\xC2\xB7",
                                        "\xE2\x88\x99", "\xE2\x8F\xB1", "\xD8\x8C", "\xEF\xBC\x8C"};
    for (size_t n = 0; n < most; n++) {
        cd_date_blanks(c);
        size_t i = 0;
        while (i < sizeof signs / sizeof *signs && !cd_date_literal(c, signs[i])) i++;
        if (i == sizeof signs / sizeof *signs) break;
    }
    cd_date_blanks(c);
}
