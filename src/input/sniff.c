/* sniff.c -- tells containers from pages. In: the first bytes. Out: how they are packed. Names of files are never asked: a dump's
 * names are often wrong. Looks only; opening is left to others. Every plain file passes here, so the first byte decides most. */
#include "input/sniff.h"

#include <stdint.h>

/* Whether all bytes might stand in a text of any 8-bit encoding. Packed data has a control character in every eight bytes. */
static bool may_be_text(cd_span s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c < 0x20 && !cd_is_blank((char)c)) return false;
    }
    return true;
}

/* --- packed ----------------------------------------------------------------------------------------------------------- */

static bool is_gzip(cd_span s) { return s.len >= 10 && cd_span_starts(s, CD_SPAN("\x1F\x8B\x08")) && ((unsigned char)s.ptr[3] & 0xE0) == 0; }

/* "BZh9", then the first digits of pi for a block or those of its root for an empty file. */
static bool is_bzip2(cd_span s)
{
    if (s.len < 14 || !cd_span_starts(s, CD_SPAN("BZh")) || s.ptr[3] < '1' || s.ptr[3] > '9') return false;
    cd_span rest = cd_span_sub(s, 4, s.len);
    return (cd_span_starts(rest, CD_SPAN("1AY&SY")) || cd_span_starts(rest, CD_SPAN("\x17\x72\x45\x38\x50\x90"))) && !may_be_text(s);
}

static bool is_zstd(cd_span s) { return s.len >= 9 && cd_span_starts(s, CD_SPAN("\x28\xB5\x2F\xFD")) && !may_be_text(s); }

/* A frame to be skipped, of zstd or lz4: some writers begin with one. */
static bool is_skippable(cd_span s)
{
    return s.len >= 8 && ((unsigned char)s.ptr[0] & 0xF0) == 0x50 && cd_span_starts(cd_span_sub(s, 1, s.len), CD_SPAN("\x2A\x4D\x18"));
}

static bool is_packed(cd_span s)
{
    return is_bzip2(s) || is_zstd(s) || is_skippable(s) || cd_span_starts(s, CD_SPAN("\xFD" "7zXZ\0")) ||
           cd_span_starts(s, CD_SPAN("\x04\x22\x4D\x18")) || cd_span_starts(s, CD_SPAN("\x02\x21\x4C\x18"));
}

/* --- archives --------------------------------------------------------------------------------------------------------- */

/* An octal number with blanks around, as tar writes it; -1: it is none. */
static long octal(cd_span s)
{
    long   n = 0;
    size_t i = 0;
    while (i < s.len && s.ptr[i] == ' ') i++;
    if (i == s.len || s.ptr[i] < '0' || s.ptr[i] > '7') return -1;
    for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '7'; i++) n = n * 8 + (s.ptr[i] - '0');
    return i == s.len || s.ptr[i] == ' ' || s.ptr[i] == '\0' ? n : -1;
}

/* A tar header ends its fields with NULs and states the sum of its bytes; old ones have no other signature. */
static bool is_tar(cd_span s)
{
    enum { HEADER = 512, SUM_AT = 148, SUM_LEN = 8 };
    if (s.len < HEADER || s.ptr[0] == '\0' || octal(cd_span_sub(s, SUM_AT, SUM_AT + SUM_LEN)) < 0) return false;
    long stated = octal(cd_span_sub(s, SUM_AT, SUM_AT + SUM_LEN)), sum = SUM_LEN * ' ', old = SUM_LEN * ' ';
    for (size_t i = 0; i < HEADER; i++) {
        if (i >= SUM_AT && i < SUM_AT + SUM_LEN) continue;
        sum += (unsigned char)s.ptr[i];
        old += (signed char)s.ptr[i]; /* some old tars added signed bytes */
    }
    return (sum == stated || old == stated) && memchr(s.ptr, '\0', HEADER) != NULL;
}

static unsigned two_bytes(cd_span s, size_t at) { return (unsigned char)s.ptr[at] | (unsigned)(unsigned char)s.ptr[at + 1] << 8; }

/* First members by which formats that are zips inside say what they are. */
static bool is_office(cd_span s)
{
    static const cd_span firsts[] = {CD_SPAN("mimetype"), CD_SPAN("[Content_Types].xml"), CD_SPAN("_rels/"), CD_SPAN("META-INF/")};
    cd_span name = cd_span_sub(s, 30, s.len);
    if (two_bytes(s, 26) < name.len) name.len = two_bytes(s, 26);
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++)
        if (cd_span_starts(name, firsts[i])) return true;
    return false;
}

static cd_packing zip_kind(cd_span s)
{
    if (s.len >= 22 && cd_span_starts(s, CD_SPAN("PK\5\6"))) return CD_ZIP; /* without members */
    if (s.len < 30 || !cd_span_starts(s, CD_SPAN("PK\3\4")) || two_bytes(s, 26) == 0) return CD_PLAIN;
    return is_office(s) ? CD_OFFICE : CD_ZIP;
}

/* --- dumps of text ---------------------------------------------------------------------------------------------------- */

/* "WARC/1.0" on a line, then a header line. */
static bool is_warc(cd_span s)
{
    cd_span line;
    if (!cd_span_starts(s, CD_SPAN("WARC/")) || !cd_span_line(&s, &line)) return false;
    line = cd_span_trim(cd_span_sub(line, 5, line.len));
    if (line.len < 3 || line.len > 5 || line.ptr[1] != '.' || (line.ptr[0] != '0' && line.ptr[0] != '1')) return false;
    size_t n = 0;
    while (n < s.len && (s.ptr[n] == '-' || ((s.ptr[n] | 0x20) >= 'a' && (s.ptr[n] | 0x20) <= 'z'))) n++;
    return n > 0 && n < s.len && s.ptr[n] == ':';
}

static bool is_brace(cd_span s)
{
    if (cd_span_starts(s, CD_SPAN("\xEF\xBB\xBF"))) s = cd_span_sub(s, 3, s.len);
    s = cd_span_trim(s);
    return s.len && s.ptr[0] == '{';
}

cd_packing cd_sniff(cd_span head)
{
    if (head.len == 0) return CD_PLAIN;
    switch ((unsigned char)head.ptr[0]) {
    case 0x1F: return is_gzip(head) ? CD_GZIPPED : CD_PLAIN;
    case 'P': {
        cd_packing zip = zip_kind(head);
        if (zip != CD_PLAIN) return zip;
        break;
    }
    case 'W':
        if (is_warc(head)) return CD_WARC;
        break;
    case '{': case ' ': case '\t': case '\r': case '\n': case 0xEF:
        if (is_brace(head)) return CD_BRACE;
        break;
    default: break;
    }
    if (is_packed(head)) return CD_PACKED;
    return is_tar(head) ? CD_TAR : CD_PLAIN;
}

bool cd_sniff_is_enough(cd_span head, bool lines)
{
    size_t i = cd_span_starts(head, CD_SPAN("\xEF\xBB\xBF")) ? 3 : 0;
    if (head.len >= CD_SNIFF_BYTES) return true;
    while (i < head.len && cd_is_blank(head.ptr[i])) i++;
    return i < head.len && (lines || head.ptr[i] == '{') && memchr(head.ptr + i, '\n', head.len - i) && may_be_text(head);
}
