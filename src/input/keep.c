/* keep.c -- what --id-key and --keep pass through. In: keys, and a way to look them up in what a container says of a page. Out: a value
 * and an object of JSON, one key for each that was asked for, in that order. */
#include "input/keep.h"

#include <stdio.h>

cd_status cd_json_string(cd_buf *out, cd_span text)
{
    CD_TRY(cd_buf_char(out, '"'));
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '"' || c == '\\') CD_TRY(cd_buf_format(out, "\\%c", c));
        else if (c < 0x20) CD_TRY(cd_buf_format(out, "\\u%04x", c));
        else CD_TRY(cd_buf_char(out, (char)c));
    }
    return cd_buf_char(out, '"');
}

/* A line or record that does not have the key "path" itself has that of the archive's member in which it stands. */
static cd_status add_value(const cd_item *item, cd_buf *out, const char *key, cd_lookup lookup, const void *from)
{
    cd_status st = CD_OK;
    if ((lookup && lookup(from, cd_span_of(key), out, &st)) || st != CD_OK) return st;
    if (item->member && strcmp(key, "path") == 0) return cd_json_string(out, cd_buf_span(item->member));
    return cd_buf_add(out, CD_SPAN("null"));
}

cd_status cd_keep(cd_item *item, const cd_input_options *options, cd_lookup lookup, const void *from)
{
    if (options->id_key) CD_TRY(add_value(item, &item->id, options->id_key, lookup, from));
    for (size_t i = 0; i < options->nkeep; i++) {
        CD_TRY(cd_buf_char(&item->kept, i ? ',' : '{'));
        CD_TRY(cd_json_string(&item->kept, cd_span_of(options->keep[i])));
        CD_TRY(cd_buf_char(&item->kept, ':'));
        CD_TRY(add_value(item, &item->kept, options->keep[i], lookup, from));
    }
    return options->nkeep ? cd_buf_char(&item->kept, '}') : CD_OK;
}
