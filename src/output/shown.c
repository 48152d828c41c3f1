/* shown.c -- text that a person looks at. In: any text. Out: the same, in which nothing is a command to a terminal or to a CI server. */
#include "output/shown.h"

bool cd_begins_command(cd_span text, size_t at)
{
    cd_span before = cd_span_sub(text, 0, at);
    return at < text.len && text.ptr[at] == '[' && (cd_span_ends(before, CD_SPAN("##")) || cd_span_ends(before, CD_SPAN("##vso")));
}

cd_status cd_buf_add_shown(cd_buf *buf, cd_span text, bool lines)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i], next = i + 1 < text.len ? (unsigned char)text.ptr[i + 1] : 0;
        bool          control = c < 0x20 || c == 0x7F || (c == 0xC2 && next >= 0x80 && next < 0xA0) || (!lines && cd_begins_command(text, i));
        if (!control || (c == '\n' && lines)) CD_TRY(cd_buf_char(buf, (char)c));
        else if (c == '\n') CD_TRY(cd_buf_add(buf, CD_SPAN("\\n")));
        else CD_TRY(cd_buf_format(buf, "\\x%02x", (unsigned)c));
    }
    return CD_OK;
}
