/* data.c -- looks keys up in the tables of data/ that are compiled in. */
#include "base/data.h"

const cd_data_file *cd_data_table(const char *name)
{
    const cd_data_file *f = cd_data_tables;
    while (f->name && !cd_span_ends(cd_span_of(f->name), cd_span_of(name))) f++;
    return f;
}

bool cd_data_read(const cd_data_file *file, uint32_t slot, cd_span key, cd_span *value)
{
    cd_span rest = cd_span_sub(file->text, cd_slot_line(slot), file->text.len), line;
    if (rest.len <= key.len || memcmp(rest.ptr, key.ptr, key.len) != 0) return false;
    if (rest.ptr[key.len] != '\t' && rest.ptr[key.len] != '\n') return false;
    (void)cd_span_line(&rest, &line);
    *value = cd_span_trim(cd_span_sub(line, key.len, line.len));
    return true;
}
