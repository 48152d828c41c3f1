/* values.c -- the part of the front door (copydesk.h) through which a program asks for one field after the other. In: the page that a
 * reader has read last. Out: its values. What is asked for is copied when the page is read, so that no answer can fail. */
#include "output/value.h"
#include "run/run.h"

const char *cd_key_name(cd_key key)
{
    static const char *const names[] = {
#define X(name, text, kind) text,
        CD_KEYS(X)
#undef X
    };
    return (unsigned)key < CD_KEY_COUNT ? names[key] : NULL;
}

cd_state cd_reader_state(const cd_reader *reader)
{
    const cd_page *page = cd_reader_page(reader);
    return page ? page->state : CD_STATE_ERROR;
}

const char *cd_reader_warnings(const cd_reader *reader)
{
    const cd_page *page = cd_reader_page(reader);
    return page && page->warnings->ptr ? page->warnings->ptr : "";
}

size_t cd_reader_count(const cd_reader *reader, cd_key key)
{
    const cd_page *page = cd_reader_page(reader);
    return page && (unsigned)key < CD_KEY_COUNT ? cd_output_count(page, key) : 0;
}

cd_value cd_reader_item(const cd_reader *reader, cd_key key, size_t index)
{
    return index < cd_reader_count(reader, key) ? cd_reader_values(reader, key)[index] : (cd_value){NULL, 0};
}

cd_value cd_reader_field(const cd_reader *reader, cd_key key) { return cd_reader_item(reader, key, 0); }

long long cd_reader_number(const cd_reader *reader, cd_key key, size_t index)
{
    const cd_page *page = cd_reader_page(reader);
    return page && (unsigned)key < CD_KEY_COUNT ? cd_output_number(page, key, index) : 0;
}

int cd_reader_why(const cd_reader *reader, cd_key key, size_t index, cd_why *why)
{
    const cd_page *page = cd_reader_page(reader);
    return page && (unsigned)key < CD_KEY_COUNT && cd_output_why(page, key, index, why);
}
