/* words.c -- looks words up in data/tables. In: a table's text, a word in lower case. Out: what stands behind it. A table is
 * lines of "word TAB value", with comments in front; its index (base/data.h) says where a word's line begins. */
#include "fields/words.h"

#include "base/data.h"

cd_tables cd_tables_open(void)
{
    return (cd_tables){cd_data_table("/months.tsv"), cd_data_table("/zones.tsv"), cd_data_table("/datewords.tsv"), cd_data_table("/namewords.tsv"),
                       cd_data_table("/givennames.tsv"), cd_data_table("/commonwords.tsv")};
}

void cd_fold_long(cd_span word, cd_folded *out)
{
    out->len = 0;
    for (; cd_begins_ascii8(word) && out->len + 8 <= CD_FOLDED_BYTES; out->len += 8, word = cd_span_sub(word, 8, word.len))
        cd_eight_put(out->bytes + out->len, cd_eight_fold(cd_eight(word.ptr, 8)));
    while (word.len) {
        if (out->len + 4 > CD_FOLDED_BYTES) {
            out->len = 0;
            break;
        }
        cd_rune r = cd_fold(cd_utf8_take(&word));
        if (r == 0x0307) continue; /* the dot that lower case leaves of a Turkish capital I */
        out->len += cd_utf8_put(out->bytes + out->len, r);
    }
    out->hash = cd_hash_bytes((cd_span){out->bytes, out->len});
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

/* The bits of the kinds that a value names, which are apart by commas. */
static unsigned kinds_of(cd_span value)
{
    static const cd_span kinds[] = {
#define X(name, text) {text, sizeof text - 1},
        CD_NAME_KINDS(X)
#undef X
    };
    unsigned bits = 0;
    while (value.len) {
        size_t  len = cd_span_find(value, CD_SPAN(","));
        cd_span one = cd_span_trim(cd_span_sub(value, 0, len));
        for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (cd_span_is(one, kinds[i])) bits |= 1u << i;
        value = cd_span_sub(value, len < value.len ? len + 1 : len, value.len);
    }
    return bits;
}

unsigned cd_name_word(const cd_tables *tables, cd_span word)
{
    cd_folded folded;
    cd_span   value;
    unsigned  bits = 0;
    bool      small = word.len && word.ptr[0] >= 'a' && word.ptr[0] <= 'z'; /* these two tables speak of capitalised words */
    const char *hyphen = memchr(word.ptr, '-', word.len);
    cd_folded   front; /* Ann-Marie is an Ann */
    cd_fold_word(word, &folded);
    if (hyphen) cd_fold_word(cd_span_sub(word, 0, (size_t)(hyphen - word.ptr)), &front);
    if (!small && cd_table_find(tables->givennames, hyphen ? &front : &folded, &value)) bits |= CD_NAME_GIVEN;
    if (!small && cd_table_find(tables->commonwords, &folded, &value)) bits |= CD_NAME_COMMON;
    return cd_table_find(tables->namewords, &folded, &value) ? bits | kinds_of(value) : bits;
}
