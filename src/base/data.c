/* data.c -- looks keys up in the tables of data/ that are compiled in. */
#include "base/data.h"

const cd_data_file *cd_data_table(const char *name)
{
    const cd_data_file *f = cd_data_tables;
    while (f->name && !cd_span_ends(cd_span_of(f->name), cd_span_of(name))) f++;
    return f;
}

bool cd_data_find(const cd_data_file *file, cd_span key, uint64_t hash, cd_span *value)
{
    if (key.len == 0 || file->nslots == 0) return false;
    const size_t   mask = file->nslots - 1;
    const uint32_t tag = cd_slot_tag(hash), tag_bits = ~((1u << CD_SLOT_BITS) - 1);
    for (size_t at = hash & mask; file->slots[at]; at = (at + 1) & mask) {
        uint32_t slot = file->slots[at];
        if ((slot & tag_bits) != tag) continue;
        cd_span rest = cd_span_sub(file->text, cd_slot_line(slot), file->text.len), line;
        if (rest.len <= key.len || memcmp(rest.ptr, key.ptr, key.len) != 0) continue;
        if (rest.ptr[key.len] != '\t' && rest.ptr[key.len] != '\n') continue;
        (void)cd_span_line(&rest, &line);
        *value = cd_span_trim(cd_span_sub(line, key.len, line.len));
        return true;
    }
    return false;
}
