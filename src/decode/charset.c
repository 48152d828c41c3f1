/* charset.c -- finds out what letters the bytes are and turns them into UTF-8. In: a page's bytes. Out: page->text, clean.
 *
 * Most pages are clean UTF-8 and pass after one look. For all others: a byte order mark decides, then what the user said, then
 * whether the bytes are text at all, whether they are UTF-8 but for a few bad bytes, and last what uchardet guesses, which is
 * believed only where the page agrees. The program's door to uchardet and iconv; clean.c does the rest. */
#include "base/clean.h"
#include "base/limits.h"
#include "decode/decode.h"
#include "decode/magic.h"
#include "decode/sniff.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <uchardet/uchardet.h>

/* Bytes from the front of a page that tell whether it is text, and bytes of it that uchardet sees: it is slow, and more of the
 * same does not change its mind. */
static const size_t SAMPLE = (size_t)64 * 1024;

/* Legacy names and the larger encodings that pages so labelled are really in, as browsers read them. Names that leave the order
 * of bytes open are settled here, because iconv would take the machine's. */
static const struct {
    const char *name, *as;
} supersets[] = {
    {"ISO-8859-1", "WINDOWS-1252"}, {"ISO8859-1", "WINDOWS-1252"}, {"LATIN1", "WINDOWS-1252"},   {"LATIN-1", "WINDOWS-1252"},
    {"L1", "WINDOWS-1252"},         {"US-ASCII", "WINDOWS-1252"},  {"ASCII", "WINDOWS-1252"},    {"CP1252", "WINDOWS-1252"},
    {"ISO_8859-1", "WINDOWS-1252"}, {"ISO-8859-9", "WINDOWS-1254"}, {"ISO-8859-11", "CP874"},    {"TIS-620", "CP874"},
    {"GB2312", "GB18030"},          {"EUC-CN", "GB18030"},         {"GBK", "GB18030"},           {"SHIFT_JIS", "CP932"},
    {"SHIFT-JIS", "CP932"},         {"SJIS", "CP932"},             {"EUC-KR", "CP949"},          {"BIG5", "BIG5-HKSCS"},
    {"UTF8", "UTF-8"},              {"UTF-8", "UTF-8"},            {"UTF-16", "UTF-16LE"},       {"UTF-32", "UTF-32LE"},
    {"UTF16", "UTF-16LE"},          {"UTF32", "UTF-32LE"},         {"UCS-2", "UTF-16LE"},        {"UCS-4", "UTF-32LE"},
};

/* The name by which `encoding` is really read. */
static const char *really(const char *encoding)
{
    for (size_t i = 0; i < sizeof supersets / sizeof *supersets; i++)
        if (cd_span_is_nocase(cd_span_of(encoding), cd_span_of(supersets[i].name))) return supersets[i].as;
    return encoding;
}

static bool is_utf8(const char *name) { return strcmp(name, "UTF-8") == 0; }

/* "" would be the locale's encoding and a slash begins iconv's own options. */
static iconv_t open_converter(const char *encoding)
{
    errno = EINVAL;
    if (!*encoding || strchr(encoding, '/')) return (iconv_t)-1;
    return iconv_open("UTF-8", really(encoding));
}

bool cd_decode_knows(const char *encoding)
{
    iconv_t cd = open_converter(encoding);
    if (cd == (iconv_t)-1) return false;
    (void)iconv_close(cd);
    return true;
}

static const struct {
    cd_span     mark;
    const char *encoding;
} marks[] = {
    {CD_SPAN("\xEF\xBB\xBF"), "UTF-8"},       {CD_SPAN("\xFF\xFE\0\0"), "UTF-32LE"}, {CD_SPAN("\0\0\xFE\xFF"), "UTF-32BE"},
    {CD_SPAN("\xFF\xFE"), "UTF-16LE"}, {CD_SPAN("\xFE\xFF"), "UTF-16BE"},
};

/* What the byte order mark says, which is then taken off *bytes; NULL where there is none. */
static const char *take_mark(cd_span *bytes)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!cd_span_starts(*bytes, marks[i].mark)) continue;
        *bytes = cd_span_sub(*bytes, marks[i].mark.len, bytes->len);
        return marks[i].encoding;
    }
    return NULL;
}

/* Bytes of one unit of `encoding`: so many are skipped where they cannot be read. */
static size_t unit_of(const char *encoding)
{
    cd_span name = cd_span_of(encoding);
    return cd_span_starts(name, CD_SPAN("UTF-16")) ? 2 : cd_span_starts(name, CD_SPAN("UTF-32")) ? 4 : 1;
}

/* Converts all of `bytes` behind what `out` holds; each unit that is no text becomes U+FFFD and is counted in *bad. */
static cd_status run_iconv(iconv_t cd, cd_span bytes, size_t unit, cd_buf *out, size_t *bad)
{
    char  *in = (char *)(uintptr_t)bytes.ptr; /* iconv does not write there */
    size_t left = bytes.len;
    CD_TRY(cd_buf_reserve(out, bytes.len + bytes.len / 2));
    for (bool more = true; more;) {
        CD_TRY(cd_buf_reserve(out, left < 64 ? 64 : left));
        more = left > 0; /* the last round only asks for a letter that iconv has kept back */
        char  *to = out->ptr + out->len;
        size_t room = out->cap - out->len - 1;
        size_t st = more ? iconv(cd, &in, &left, &to, &room) : iconv(cd, NULL, NULL, &to, &room);
        int    why = st == (size_t)-1 ? errno : 0;
        out->len = (size_t)(to - out->ptr);
        out->ptr[out->len] = '\0';
        if (!more || (why != EILSEQ && why != EINVAL)) continue; /* done, or E2BIG: more room in the next round */
        size_t skip = why == EINVAL || unit > left ? left : unit; /* EINVAL: the page ends inside a letter */
        CD_TRY(cd_buf_add(out, CD_SPAN("\xEF\xBF\xBD")));
        ++*bad;
        in += skip;
        left -= skip;
    }
    return CD_OK;
}

/* Converts into `out`. CD_EINPUT: iconv does not know the encoding; CD_ENOMEM. */
static cd_status convert(cd_span bytes, const char *encoding, cd_buf *out, size_t *bad)
{
    iconv_t cd = open_converter(encoding);
    if (cd == (iconv_t)-1) return errno == ENOMEM ? CD_ENOMEM : CD_EINPUT;
    cd_status st = run_iconv(cd, bytes, unit_of(encoding), out, bad);
    (void)iconv_close(cd);
    return st;
}

static cd_status clean(cd_page *page, cd_span bytes, cd_look look, cd_error *err)
{
    return cd_clean(page->arena, bytes, look, &page->text, &page->replaced) == CD_OK ? CD_OK : cd_fail_memory(err);
}

/* Takes converted text into the page. */
static cd_status keep(cd_page *page, cd_span text, const char *encoding, size_t bad, cd_error *err)
{
    cd_span name = cd_arena_copy(page->arena, cd_span_of(encoding)), copy = cd_arena_copy(page->arena, text);
    if (!name.ptr || !copy.ptr) return cd_fail_memory(err);
    page->encoding = name.ptr;
    page->replaced += bad;
    return clean(page, copy, cd_clean_look(copy), err);
}

static cd_status read_utf8(cd_page *page, cd_span bytes, cd_error *err)
{
    page->encoding = "UTF-8";
    return clean(page, bytes, cd_clean_look(bytes), err);
}

/* The page is said to be in `encoding`. */
static cd_status read_as(cd_page *page, cd_span bytes, const char *encoding, cd_error *err)
{
    encoding = really(encoding);
    if (is_utf8(encoding)) return read_utf8(page, bytes, err);
    cd_buf    text = {0};
    size_t    bad = 0;
    cd_status st = convert(bytes, encoding, &text, &bad);
    if (st == CD_OK) st = keep(page, cd_buf_span(&text), encoding, bad, err);
    else if (st == CD_EINPUT) st = cd_fail_page(err, CD_EINPUT, "unknown_encoding", "encoding '%s' is not known", encoding);
    else st = cd_fail_memory(err);
    cd_buf_free(&text);
    return st;
}

/* How the bytes above ASCII stand: scripts of their own and multi-byte encodings have them in rows, Western letters and
 * quotation marks stand alone between ASCII. */
typedef struct high_bytes {
    size_t first; /* where the first is; 0 where there is none */
    size_t n, alone;
    size_t signs; /* that mean the same in every windows encoding: quotation marks, dashes, ellipsis, no-break space, ... */
} high_bytes;

static bool is_windows_sign(unsigned char c)
{
    return c == 0x85 || (c >= 0x91 && c <= 0x97) || c == 0xA0 || c == 0xA9 || c == 0xAB || c == 0xAE || c == 0xB0 || c == 0xB7 ||
           c == 0xBB;
}

static high_bytes count_high(cd_span s)
{
    high_bytes h = {0};
    for (size_t i = 0; i < s.len; i++) {
        if (!(s.ptr[i] & 0x80)) continue;
        if (h.n++ == 0) h.first = i;
        bool before = i > 0 && (s.ptr[i - 1] & 0x80), after = i + 1 < s.len && (s.ptr[i + 1] & 0x80);
        h.alone += !before && !after;
        h.signs += is_windows_sign((unsigned char)s.ptr[i]);
    }
    return h;
}

/* uchardet's word for the stretch of the page with the first byte above ASCII; "" where it has none. Copied into `name`. */
static cd_status ask_uchardet(cd_span bytes, size_t first, char name[64])
{
    size_t     from = first > SAMPLE / 16 ? first - SAMPLE / 16 : 0, to = bytes.len - from > SAMPLE ? from + SAMPLE : bytes.len;
    uchardet_t ud = uchardet_new();
    if (!ud) return CD_ENOMEM;
    name[0] = '\0';
    if (uchardet_handle_data(ud, bytes.ptr + from, to - from) == 0) {
        uchardet_data_end(ud);
        cd_span said = cd_span_of(uchardet_get_charset(ud));
        if (said.len < 64) memcpy(name, said.ptr, said.len + 1);
    }
    uchardet_delete(ud);
    return CD_OK;
}

/* Encodings whose letters above ASCII stand alone in most words, so that a page with lonely ones may be in them. Those that hardly
 * any page was ever in (ISO-8859-3, -4, -10, -14, windows-1258) are left out: uchardet names them for French. */
static bool is_latin(const char *name)
{
    static const char *const latin[] = {"WINDOWS-1250", "WINDOWS-1252", "WINDOWS-1254", "WINDOWS-1257", "ISO-8859-1",
                                        "ISO-8859-2",   "ISO-8859-9",   "ISO-8859-13",  "ISO-8859-15",  "ISO-8859-16",
                                        "ISO-2022-JP",  "ISO-2022-KR",  "ISO-2022-CN",  "HZ-GB-2312"};
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++)
        if (cd_span_is_nocase(cd_span_of(name), cd_span_of(latin[i]))) return true;
    return false;
}

/* Fewer lonely letters than this do not tell Polish from French: the commonest encoding is then the best guess. */
enum { LETTERS_TO_TELL = 8 };

/* Chooses the encoding of a page that is not UTF-8. */
static cd_status guess(cd_span bytes, char name[64])
{
    static const char western[] = "WINDOWS-1252";
    high_bytes        h = count_high(bytes);
    memcpy(name, western, sizeof western);
    if (h.n && h.signs == h.n) return CD_OK;
    char said[64];
    if (ask_uchardet(bytes, h.first, said) != CD_OK) return CD_ENOMEM;
    bool lonely = h.n && h.alone * 10 >= h.n * 8 && h.n * 5 < bytes.len;
    if (!*said || !cd_decode_knows(said) || (lonely && (!is_latin(said) || h.n - h.signs < LETTERS_TO_TELL))) return CD_OK;
    memcpy(name, really(said), strlen(really(said)) + 1);
    return CD_OK;
}

/* Converts by the guess, and as windows-1252 where too much of the page contradicts it. */
static cd_status read_guessed(cd_page *page, cd_span bytes, cd_error *err)
{
    char      name[64];
    cd_buf    text = {0};
    size_t    bad = 0, high = count_high(bytes).n;
    cd_status st = guess(bytes, name);
    if (st == CD_OK && is_utf8(name)) return read_utf8(page, bytes, err);
    if (st == CD_OK) st = convert(bytes, name, &text, &bad);
    if (st == CD_OK && bad > high / 50 && strcmp(name, "WINDOWS-1252") != 0) {
        cd_buf_clear(&text, SIZE_MAX);
        bad = 0;
        memcpy(name, "WINDOWS-1252", sizeof "WINDOWS-1252");
        st = convert(bytes, name, &text, &bad);
    }
    st = st == CD_OK ? keep(page, cd_buf_span(&text), name, bad, err) : cd_fail_memory(err);
    cd_buf_free(&text);
    return st;
}

/* The encoding that the page itself names, where it is one that may be true: what reads "<meta" byte by byte is not in UTF-16. */
static bool says(const cd_page *page, cd_span bytes, char name[40])
{
    bool html = page->format == CD_FORMAT_HTML || (page->format == CD_FORMAT_AUTO && cd_decode_is_html(bytes));
    if (!html || !cd_sniff_charset(bytes, name) || !cd_decode_knows(name)) return false;
    return unit_of(really(name)) == 1 && !is_utf8(really(name));
}

/* Refuses what is no text. Few controls are a fault of the page; more than one byte in 32 is another kind of file. */
static cd_status refuse_binary(cd_span sample, cd_error *err)
{
    const char *what = cd_magic_find(sample);
    if (what) return cd_fail_page(err, CD_EINPUT, "not_text", "not text but %s", what);
    size_t n = cd_magic_controls(sample);
    if (n <= sample.len / 32 || (n < 8 && n <= sample.len / 2)) return CD_OK;
    return cd_fail_page(err, CD_EINPUT, "not_text", "not text: %zu of the first %zu bytes are controls", n, sample.len);
}

/* The bytes are not clean UTF-8, and nobody has said what they are. */
static cd_status find_out(cd_page *page, cd_span bytes, cd_look look, cd_error *err)
{
    cd_span     sample = cd_span_sub(bytes, 0, bytes.len < SAMPLE ? bytes.len : SAMPLE);
    const char *wide = cd_magic_find(sample) ? NULL : cd_magic_wide(sample);
    if (wide) return read_as(page, bytes, wide, err);
    CD_TRY(refuse_binary(sample, err));
    cd_census all = cd_clean_census(bytes);
    bool      escapes = all.good == 0 && memchr(bytes.ptr, 0x1B, bytes.len); /* ISO-2022-JP is ASCII with escapes */
    char      said[40];
    if (all.good / 3 < all.bad || escapes) return says(page, bytes, said) ? read_as(page, bytes, said, err) : read_guessed(page, bytes, err);
    page->encoding = "UTF-8";
    return clean(page, bytes, look, err);
}

static cd_status decode(cd_page *page, cd_span bytes, const char *encoding, cd_error *err)
{
    const char *mark = take_mark(&bytes);
    if (mark) return read_as(page, bytes, mark, err);
    cd_span sample = cd_span_sub(bytes, 0, bytes.len < SAMPLE ? bytes.len : SAMPLE);
    if (encoding) {
        const char *wide = cd_span_is_nocase(cd_span_of(encoding), CD_SPAN("UTF-16")) ? cd_magic_wide(sample) : NULL;
        if (!wide && !cd_magic_find(sample)) return read_as(page, bytes, encoding, err);
        return wide ? read_as(page, bytes, wide, err) : refuse_binary(sample, err);
    }
    cd_look look = cd_clean_look(bytes);
    if (look.clean < bytes.len || cd_magic_find(sample)) return find_out(page, bytes, look, err);
    page->encoding = "UTF-8";
    return clean(page, bytes, look, err);
}

cd_status cd_decode(cd_page *page, cd_span bytes, const char *encoding, cd_error *err)
{
    page->replaced = 0;
    if (bytes.len == 0) bytes = CD_SPAN("");
    CD_TRY(decode(page, bytes, encoding, err));
    if (page->replaced) cd_page_warn(page, "%zu bad sequence%s replaced", page->replaced, page->replaced == 1 ? "" : "s");
    return CD_OK;
}
