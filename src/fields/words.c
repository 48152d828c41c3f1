/* words.c -- looks words up in data/tables. In: a table's text, a word in lower case. Out: what stands behind it. A table is
 * lines of "word TAB value" sorted by bytes, with comments in front; the search halves the text and steps back to the line
 * that it fell into. */
#include "fields/words.h"

#include "base/data.h"

static cd_span table(const char *name)
{
    for (const cd_data_file *f = cd_data_tables; f->name; f++)
        if (cd_span_ends(cd_span_of(f->name), cd_span_of(name))) return f->text;
    return (cd_span){"", 0};
}

cd_tables cd_tables_open(void)
{
    return (cd_tables){table("/months.tsv"), table("/zones.tsv"), table("/datewords.tsv"), table("/namewords.tsv"),
                       table("/givennames.tsv"), table("/commonwords.tsv")};
}

cd_folded cd_fold_word(cd_span word)
{
    cd_folded out = {.len = 0};
    while (word.len) {
        if (out.len + 4 > CD_FOLDED_BYTES) return (cd_folded){.len = 0};
        cd_rune r = cd_fold(cd_utf8_take(&word));
        if (r == 0x0307) continue; /* the dot that lower case leaves of a Turkish capital I */
        out.len += cd_utf8_put(out.bytes + out.len, r);
    }
    return out;
}

/* Compares `word` with the word of a line; sets `value` where they are the same. */
static int compare(const cd_folded *word, cd_span line, cd_span *value)
{
    const char *tab = memchr(line.ptr, '\t', line.len);
    size_t      len = tab ? (size_t)(tab - line.ptr) : line.len;
    int         c = memcmp(word->bytes, line.ptr, word->len < len ? word->len : len);
    if (c == 0) c = (word->len > len) - (word->len < len);
    if (c == 0) *value = cd_span_trim(cd_span_sub(line, len, line.len));
    return c;
}

bool cd_table_find(cd_span table_text, const cd_folded *word, cd_span *value)
{
    size_t from = 0, to = table_text.len;
    if (word->len == 0) return false;
    while (from < to) {
        size_t at = from + (to - from) / 2;
        while (at > from && table_text.ptr[at - 1] != '\n') at--;
        cd_span     line = cd_span_sub(table_text, at, to);
        const char *end = memchr(line.ptr, '\n', line.len);
        if (end) line.len = (size_t)(end - line.ptr);
        int c = line.len && line.ptr[0] == '#' ? 1 : compare(word, line, value);
        if (c == 0) return true;
        if (c < 0) to = at;
        else from = at + line.len + (end ? 1 : 0);
    }
    return false;
}

bool cd_value_has(cd_span value, cd_span kind, cd_span *argument)
{
    while (value.len) {
        const char *comma = memchr(value.ptr, ',', value.len);
        size_t      len = comma ? (size_t)(comma - value.ptr) : value.len;
        cd_span     one = cd_span_trim(cd_span_sub(value, 0, len));
        if (cd_span_starts(one, kind) && (one.len == kind.len || one.ptr[kind.len] == ' ')) {
            if (argument) *argument = cd_span_trim(cd_span_sub(one, kind.len, one.len));
            return true;
        }
        value = cd_span_sub(value, comma ? len + 1 : len, value.len);
    }
    return false;
}

unsigned cd_name_word(const cd_tables *tables, cd_span word)
{
    static const cd_span kinds[] = {
#define X(name, text) {text, sizeof text - 1},
        CD_NAME_KINDS(X)
#undef X
    };
    cd_folded folded = cd_fold_word(word);
    cd_span   value;
    unsigned  bits = 0;
    bool      small = word.len && word.ptr[0] >= 'a' && word.ptr[0] <= 'z'; /* these two tables speak of capitalised words */
    const char *hyphen = memchr(word.ptr, '-', word.len);
    cd_folded   front = cd_fold_word(hyphen ? cd_span_sub(word, 0, (size_t)(hyphen - word.ptr)) : word); /* Ann-Marie is an Ann */
    if (!small && cd_table_find(tables->givennames, &front, &value)) bits |= CD_NAME_GIVEN;
    if (!small && cd_table_find(tables->commonwords, &folded, &value)) bits |= CD_NAME_COMMON;
    if (!cd_table_find(tables->namewords, &folded, &value)) return bits;
    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (cd_value_has(value, kinds[i], NULL)) bits |= 1u << i;
    return bits;
}
