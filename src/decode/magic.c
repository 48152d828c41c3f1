/* magic.c -- tells text from what is none. In: the first bytes of a page. Out: what kind of file they begin, or whether they are
 * UTF-16 or UTF-32 without a byte order mark. Looks only; nothing is converted here. */
#include "decode/magic.h"

#include "base/utf8_strict.h"

#include <utf8proc.h>

/* First bytes of files that scraped folders hold beside pages. */
static const struct {
    size_t      at;
    cd_span     bytes;
    const char *what;
} magics[] = {
    {0, CD_SPAN("\x89PNG\r\n\x1A\n"), "a PNG image"},
    {0, CD_SPAN("\xFF\xD8\xFF"), "a JPEG image"},
    {0, CD_SPAN("GIF87a"), "a GIF image"},
    {0, CD_SPAN("GIF89a"), "a GIF image"},
    {0, CD_SPAN("II*\0"), "a TIFF image"},
    {0, CD_SPAN("MM\0*"), "a TIFF image"},
    {0, CD_SPAN("\0\0\1\0"), "an icon"},
    {8, CD_SPAN("WEBPVP8"), "a WebP image"},
    {8, CD_SPAN("WAVEfmt "), "a WAVE sound"},
    {0, CD_SPAN("OggS\0"), "an Ogg file"},
    {0, CD_SPAN("fLaC\0"), "a FLAC sound"},
    {0, CD_SPAN("ID3\2\0"), "an MP3 sound"},
    {0, CD_SPAN("ID3\3\0"), "an MP3 sound"},
    {0, CD_SPAN("ID3\4\0"), "an MP3 sound"},
    {4, CD_SPAN("ftyp"), "an MP4 file"},
    {0, CD_SPAN("\x1A\x45\xDF\xA3"), "a Matroska or WebM film"},
    {0, CD_SPAN("%PDF-"), "a PDF document"},
    {0, CD_SPAN("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "an old Office document"},
    {0, CD_SPAN("PK\3\4"), "a ZIP archive or an Office document"},
    {0, CD_SPAN("PK\5\6"), "an empty ZIP archive"},
    {0, CD_SPAN("\x1F\x8B\x08"), "gzip data"},
    {0, CD_SPAN("\xFD" "7zXZ\0"), "xz data"},
    {0, CD_SPAN("\x28\xB5\x2F\xFD"), "zstd data"},
    {0, CD_SPAN("\x04\x22\x4D\x18"), "lz4 data"},
    {4, CD_SPAN("1AY&SY"), "bzip2 data"},
    {0, CD_SPAN("7z\xBC\xAF\x27\x1C"), "a 7z archive"},
    {0, CD_SPAN("Rar!\x1A\x07"), "a RAR archive"},
    {257, CD_SPAN("ustar"), "a tar archive"},
    {0, CD_SPAN("\x7F" "ELF"), "an ELF program"},
    {0, CD_SPAN("\xCA\xFE\xBA\xBE"), "a Java class"},
    {0, CD_SPAN("\xCF\xFA\xED\xFE"), "a Mach-O program"},
    {0, CD_SPAN("\0asm"), "a WebAssembly module"},
    {0, CD_SPAN("wOFF"), "a font"},
    {0, CD_SPAN("wOF2"), "a font"},
    {0, CD_SPAN("SQLite format 3\0"), "an SQLite database"},
};

/* Controls that text files do hold: backspace to carriage return (old terminals print over), and escape (colours, ISO 2022). */
static bool is_odd_control(unsigned char c) { return c < 0x20 && !(c >= '\b' && c <= '\r') && c != 0x1B; }

size_t cd_magic_controls(cd_span bytes)
{
    size_t n = 0;
    for (size_t i = 0; i < bytes.len; i++) n += is_odd_control((unsigned char)bytes.ptr[i]);
    return n;
}

const char *cd_magic_find(cd_span bytes)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        if (bytes.len < magics[i].at) continue;
        if (!cd_span_starts(cd_span_sub(bytes, magics[i].at, bytes.len), magics[i].bytes)) continue;
        /* Further in, letters may stand by chance in a text, which has no controls beside them. */
        if (magics[i].at == 0 || cd_magic_controls(bytes)) return magics[i].what;
    }
    return NULL;
}

/* What text may hold: any assigned code point but controls other than tab and line ends. */
static bool is_textual(cd_rune r)
{
    if (r < 0xA0) return (r >= 0x20 && r < 0x7F) || (r >= '\t' && r <= '\r') || r == 0x85;
    if (r == 0xFEFF) return true;
    if (r > 0x10FFFF) return false;
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)r);
    return c != UTF8PROC_CATEGORY_CN && c != UTF8PROC_CATEGORY_CO && c != UTF8PROC_CATEGORY_CC && c != UTF8PROC_CATEGORY_CS;
}

static cd_rune unit16(const unsigned char *p, bool big) { return big ? (cd_rune)p[0] << 8 | p[1] : (cd_rune)p[1] << 8 | p[0]; }

static bool reads_as_utf16(cd_span s, bool big)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    for (size_t i = 0; i + 2 <= s.len; i += 2) {
        cd_rune r = unit16(p + i, big);
        if (r >= 0xD800 && r < 0xDC00) {
            if (i + 4 > s.len) return true; /* the sample ends inside a pair */
            cd_rune low = unit16(p + i + 2, big);
            if (low < 0xDC00 || low > 0xDFFF) return false;
            r = 0x10000 + ((r & 0x3FF) << 10) + (low & 0x3FF);
            i += 2;
        }
        if (!is_textual(r)) return false;
    }
    return true;
}

static bool reads_as_utf32(cd_span s, bool big)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    for (size_t i = 0; i + 4 <= s.len; i += 4) {
        cd_rune first = unit16(p + i, big), second = unit16(p + i + 2, big);
        cd_rune r = big ? first << 16 | second : second << 16 | first;
        if (!is_textual(r)) return false;
    }
    return s.len >= 4;
}

/* Whether one side of the pairs has zeros as the ASCII letters, blanks and line ends of a page in UTF-16 have them, and the
 * other side next to none. 8-bit text with a few NULs might pass for Chinese, but it is mostly pairs of ASCII letters. */
static bool may_be_utf16(cd_span s, bool big)
{
    size_t zeros = 0, ascii = 0, pairs = s.len / 2;
    for (size_t i = 0; i + 2 <= s.len; i += 2) {
        unsigned char a = (unsigned char)s.ptr[i], b = (unsigned char)s.ptr[i + 1];
        zeros += (big ? a : b) == 0;
        ascii += a >= 0x20 && a < 0x7F && b >= 0x20 && b < 0x7F;
    }
    return pairs >= 2 && zeros > 0 && zeros * 50 >= pairs && ascii * 10 <= pairs * 6 && reads_as_utf16(s, big);
}

const char *cd_magic_wide(cd_span bytes)
{
    if (!memchr(bytes.ptr, '\0', bytes.len)) return NULL;
    if (reads_as_utf32(bytes, false)) return "UTF-32LE";
    if (reads_as_utf32(bytes, true)) return "UTF-32BE";
    if (may_be_utf16(bytes, false)) return "UTF-16LE";
    return may_be_utf16(bytes, true) ? "UTF-16BE" : NULL;
}
