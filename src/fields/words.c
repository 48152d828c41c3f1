/* words.c -- looks words up in data/tables. In: a table's text, a word in lower case. Out: what stands behind it. A table is
 * lines of "word TAB value", with comments in front; its index (base/data.h) says where a word's line begins. */
#include "fields/words.h"

#include "base/data.h"

cd_tables cd_tables_open(void)
{
    return (cd_tables){cd_data_table("/months.tsv"), cd_data_table("/zones.tsv"), cd_data_table("/datewords.tsv"), cd_data_table("/namewords.tsv"),
                       cd_data_table("/givennames.tsv"), cd_data_table("/commonwords.tsv")};
}

cd_folded cd_fold_word(cd_span word)
{
    cd_folded out; /* its bytes are not cleared: this is called for every word of many lines */
    uint64_t  eight = cd_eight(word.ptr, word.len);
    if (word.len <= 8 && word.len && !(eight & CD_EIGHT(0x80))) { /* most are such */
        eight = cd_eight_fold(eight);
        cd_eight_put(out.bytes, eight);
        out.len = word.len;
        out.hash = cd_hash_eight(CD_HASH_BYTES_SEED, eight);
        return out;
    }
    out.len = 0;
    while (word.len) {
        if (out.len + 4 > CD_FOLDED_BYTES) {
            out.len = 0;
            break;
        }
        if ((unsigned char)*word.ptr < 0x80) {
            out.bytes[out.len++] = (char)cd_fold((unsigned char)*word.ptr);
            word = cd_span_sub(word, 1, word.len);
        } else {
            cd_rune r = cd_fold(cd_utf8_take(&word));
            if (r == 0x0307) continue; /* the dot that lower case leaves of a Turkish capital I */
            out.len += cd_utf8_put(out.bytes + out.len, r);
        }
    }
    out.hash = cd_hash_bytes((cd_span){out.bytes, out.len});
    return out;
}

bool cd_table_find(const cd_data_file *table_file, const cd_folded *word, cd_span *value)
{
    return cd_data_find(table_file, (cd_span){word->bytes, word->len}, word->hash, value);
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
    cd_folded folded = cd_fold_word(word);
    cd_span   value;
    unsigned  bits = 0;
    bool      small = word.len && word.ptr[0] >= 'a' && word.ptr[0] <= 'z'; /* these two tables speak of capitalised words */
    const char *hyphen = memchr(word.ptr, '-', word.len);
    cd_folded   front; /* Ann-Marie is an Ann */
    if (hyphen) front = cd_fold_word(cd_span_sub(word, 0, (size_t)(hyphen - word.ptr)));
    if (!small && cd_table_find(tables->givennames, hyphen ? &front : &folded, &value)) bits |= CD_NAME_GIVEN;
    if (!small && cd_table_find(tables->commonwords, &folded, &value)) bits |= CD_NAME_COMMON;
    return cd_table_find(tables->namewords, &folded, &value) ? bits | kinds_of(value) : bits;
}
