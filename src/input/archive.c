/* archive.c -- gives the members of archives, and unpacks the first form of lz4. In: a stream. Out: a stream for each member. The program's door to
 * libarchive.
 *
 * libarchive would find out by itself what a file is, and would take many a text for an mtree or a raw file. It is asked only behind
 * sniff.c, and for the one kind that was found there. It reads names by the locale; the locale here is always C.UTF-8, this thread's
 * and while a header is read, so that the environment has no say. */
#include "input/archive.h"

#include "input/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

/* Bytes of one read where a zip is read at any place; zeros behind the end of one that is not: libarchive looks further than a
 * member goes, and would drop the last whole one of a zip that is cut off. */
enum { BLOCK_BYTES = 64 * 1024, ZEROS = 64 };

/* Bytes of tar's blocks, and of what stands at a zip's end behind the list of its members: with a comment of up to 64 KiB. */
enum { TAR_BLOCK = 512, ZIP_END = 22, ZIP_TAIL = ZIP_END + 65535 };

struct cd_archive {
    struct archive       *reader;
    struct archive_entry *entry;   /* the reader's */
    cd_stream            *under;
    size_t                pending; /* bytes of `under` that libarchive has, to be skipped at its next read */
    int                   fd;      /* -1: read from `under` */
    off_t                 at;      /* in fd */
    char                 *block;   /* for fd */
    unsigned long long    passed;  /* bytes of `under` before those */
    bool                  tar, padded, pad;
    bool                  blank;   /* the last bytes that a tar gave are less than a block, and zeros */
    bool                  inside;  /* a member is at hand */
    la_int64_t            behind;  /* where the search for the next header has begun */
    const char           *data;    /* the reader's: of the member at hand */
    size_t                ndata;
    la_int64_t            given, data_at; /* bytes of the member that were given, and where `data` belongs in it */
    locale_t              names;   /* 0: none could be had */
    cd_stream             member;
    char                  why[256];
};

/* --- what libarchive reads from ---------------------------------------------------------------------------------------- */

static bool is_zeros(cd_span bytes)
{
    size_t i = 0;
    while (i < bytes.len && bytes.ptr[i] == '\0') i++;
    return i == bytes.len;
}

static la_ssize_t read_stream(struct archive *reader, void *context, const void **bytes)
{
    static const char zeros[ZEROS];
    cd_archive *a = context;
    cd_span     seen;
    (void)reader;
    cd_stream_skip(a->under, a->pending);
    a->passed += a->pending;
    a->pending = 0;
    if (cd_stream_peek(a->under, a->tar ? TAR_BLOCK : 1, &seen) != CD_OK) return ARCHIVE_FATAL;
    if (a->tar && seen.len > TAR_BLOCK) seen.len -= seen.len % TAR_BLOCK;
    if (a->tar && seen.len) a->blank = seen.len < TAR_BLOCK && is_zeros(seen);
    *bytes = seen.ptr;
    a->pending = seen.len;
    if (seen.len || !a->pad || a->padded) return (la_ssize_t)seen.len;
    a->padded = true;
    *bytes = zeros;
    return ZEROS;
}

static la_ssize_t read_file(struct archive *reader, void *context, const void **bytes)
{
    cd_archive *a = context;
    ssize_t     n;
    do n = pread(a->fd, a->block, BLOCK_BYTES, a->at);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        archive_set_error(reader, errno, "%s", strerror(errno));
        return ARCHIVE_FATAL;
    }
    a->at += n;
    *bytes = a->block;
    return n;
}

static la_int64_t seek_file(struct archive *reader, void *context, la_int64_t offset, int whence)
{
    cd_archive *a = context;
    off_t       to = whence == SEEK_CUR ? a->at : whence == SEEK_END ? lseek(a->fd, 0, SEEK_END) : 0;
    (void)reader;
    if (to < 0) return ARCHIVE_FATAL;
    a->at = to + offset;
    return a->at;
}

static la_int64_t skip_file(struct archive *reader, void *context, la_int64_t request)
{
    cd_archive *a = context;
    (void)reader;
    a->at += request;
    return request;
}

/* --- opening ------------------------------------------------------------------------------------------------------------ */

static cd_archive *new_archive(cd_stream *under, int fd)
{
    cd_archive *a = calloc(1, sizeof *a);
    if (!a) return NULL;
    a->under = under;
    a->fd = fd;
    a->block = fd >= 0 ? malloc(BLOCK_BYTES) : NULL;
    a->reader = archive_read_new();
    if (a->reader && (fd < 0 || a->block)) return a;
    cd_archive_close(a);
    return NULL;
}

void cd_archive_close(cd_archive *a)
{
    if (!a) return;
    cd_buf_free(&a->member.window);
    (void)archive_read_free(a->reader); /* reading only: nothing can be lost */
    if (a->names) freelocale(a->names);
    free(a->block);
    free(a);
}

static void open_reader(cd_archive *a)
{
    struct archive *r = a->reader;
    (void)archive_read_set_callback_data(r, a);
    if (a->fd >= 0) {
        (void)archive_read_set_read_callback(r, read_file);
        (void)archive_read_set_seek_callback(r, seek_file);
        (void)archive_read_set_skip_callback(r, skip_file);
    } else {
        (void)archive_read_set_read_callback(r, read_stream);
    }
    (void)archive_read_open1(r); /* what fails here fails again at the first header, and is reported there */
}

static cd_status next_header(cd_archive *a)
{
    locale_t before = a->names ? uselocale(a->names) : 0;
    int      rc = a->tar && a->inside ? archive_read_data_skip(a->reader) : ARCHIVE_OK;
    a->inside = false;
    a->behind = archive_filter_bytes(a->reader, 0);
    if (rc >= ARCHIVE_WARN) rc = archive_read_next_header(a->reader, &a->entry);
    else rc = ARCHIVE_FATAL;
    if (before) (void)uselocale(before);
    a->inside = rc == ARCHIVE_OK || rc == ARCHIVE_WARN;
    return rc == ARCHIVE_OK || rc == ARCHIVE_WARN ? CD_OK : rc == ARCHIVE_EOF ? CD_END : rc == ARCHIVE_FAILED ? CD_EINPUT : CD_ELIMIT;
}

static const char *complaint(struct archive *reader)
{
    const char *text = archive_error_string(reader);
    return text ? text : "no known form";
}

/* --- data --------------------------------------------------------------------------------------------------------------- */

/* Whether all bytes of a tar's member were given: where the file is cut off in the zeros that fill its last block it is damaged, but
 * its last page is not. */
static bool is_whole(const cd_archive *a)
{
    return a->tar && archive_entry_size_is_set(a->entry) && a->given >= archive_entry_size(a->entry);
}

/* Block by block: archive_read_data() would drop, at damage, what it has read before. Where a sparse file leaves bytes out they are
 * zeros. */
static cd_status fill_data(cd_stream *s, char *to, size_t room, size_t *got)
{
    cd_archive *a = s->self;
    while (a->ndata == 0) {
        const void *data = NULL;
        int         rc = archive_read_data_block(a->reader, &data, &a->ndata, &a->data_at);
        a->data = data;
        if (rc == ARCHIVE_OK) continue;
        a->ndata = 0;
        if (rc == ARCHIVE_EOF || is_whole(a)) return CD_OK;
        if (a->under->reason) return cd_stream_break(s, a->under->reason, "%s", a->under->why);
        return cd_stream_break(s, "damaged_archive", "the packed data is damaged or cut off: %s", complaint(a->reader));
    }
    bool gap = a->data_at > a->given;
    *got = a->ndata < room ? a->ndata : room;
    if (gap && (unsigned long long)(a->data_at - a->given) < *got) *got = (size_t)(a->data_at - a->given);
    if (gap) memset(to, 0, *got);
    else memcpy(to, a->data, *got);
    a->given += (la_int64_t)*got;
    if (gap) return CD_OK;
    a->data += *got;
    a->data_at += (la_int64_t)*got;
    a->ndata -= *got;
    return CD_OK;
}

static void close_unpacked(cd_stream *s)
{
    cd_archive *a = s->self;
    cd_stream_close(a->under);
    cd_archive_close(a);
}

cd_status cd_unpack_old_lz4(cd_stream *under, cd_stream **stream)
{
    static const cd_stream_kind kind = {fill_data, close_unpacked};
    cd_archive *a = new_archive(under, -1);
    if (!a) return CD_ENOMEM;
    struct archive *r = a->reader;
    (void)archive_read_support_filter_lz4(r);
    (void)archive_read_support_format_raw(r);
    (void)archive_read_support_format_empty(r);
    cd_status st = cd_stream_new(&kind, a, NULL, stream);
    if (st != CD_OK) {
        cd_archive_close(a);
        return st;
    }
    open_reader(a);
    cd_status opened = next_header(a);
    if (opened == CD_OK) return CD_OK;
    (*stream)->ended = true;
    if (under->reason) (void)cd_stream_break(*stream, under->reason, "%s", under->why);
    else if (opened != CD_END) (void)cd_stream_break(*stream, "damaged_archive", "the packed data is damaged or cut off: %s", complaint(r));
    return CD_OK;
}

/* --- members ------------------------------------------------------------------------------------------------------------ */

static void close_member(cd_stream *s) { (void)s; }

cd_status cd_archive_open(cd_stream *under, int fd, bool zip, cd_archive **archive)
{
    static const cd_stream_kind kind = {fill_data, close_member};
    cd_archive *a = new_archive(under, zip ? fd : -1);
    if (!a) return CD_ENOMEM;
    if (zip) (void)archive_read_support_format_zip(a->reader);
    else (void)archive_read_support_format_tar(a->reader);
    if (!zip) (void)archive_read_set_format_option(a->reader, "tar", "read_concatenated_archives", "1");
    a->pad = zip;
    a->tar = !zip;
    a->names = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    a->member = (cd_stream){.kind = &kind, .self = a, .lent = true};
    open_reader(a);
    *archive = a;
    return CD_OK;
}

/* Whether a folder walk would pass the path over: a name that begins with a dot, at any depth. */
static bool is_hidden(cd_span path)
{
    for (size_t at = 0; at < path.len;) {
        size_t  to = at;
        while (to < path.len && path.ptr[to] != '/') to++;
        cd_span part = cd_span_sub(path, at, to);
        if (part.len && part.ptr[0] == '.' && !cd_span_is(part, CD_SPAN(".")) && !cd_span_is(part, CD_SPAN(".."))) return true;
        at = to + 1;
    }
    return false;
}

static cd_span path_of(struct archive_entry *entry)
{
    const char *path = archive_entry_pathname(entry);
    if (!path) path = archive_entry_pathname_utf8(entry);
    return path ? cd_span_of(path) : CD_SPAN("");
}

/* What is wrong with an archive that goes no further. */
static cd_status end_early(cd_archive *a, const char *what, const char **reason, const char **why)
{
    if (a->under->reason) return CD_END; /* the stream's own words are better */
    (void)snprintf(a->why, sizeof a->why, "the archive is damaged or cut off: %s", what);
    *reason = "damaged_archive";
    *why = a->why;
    return CD_END;
}

/* --- ends --------------------------------------------------------------------------------------------------------------- */

/* Whether blocks of zeros, with which a tar ends, were passed in search of the next header. libarchive takes the end of the file for one
 * as well; it reads on behind the zeros, where another tar may stand. */
static bool tar_has_end(const cd_archive *a) { return archive_filter_bytes(a->reader, 0) > a->behind; }

/* Whether a zip's end stands in `bytes`, whole. */
static bool holds_zip_end(cd_span bytes)
{
    for (size_t at = 0; at + ZIP_END <= bytes.len; at++) {
        at += cd_span_find(cd_span_sub(bytes, at, bytes.len), CD_SPAN("PK\5\6"));
        if (at + ZIP_END > bytes.len) return false;
        size_t comment = (unsigned char)bytes.ptr[at + ZIP_END - 2] + 256u * (unsigned char)bytes.ptr[at + ZIP_END - 1];
        if (at + ZIP_END + comment <= bytes.len) return true;
    }
    return false;
}

/* Looks at the end of the file. */
static cd_status find_zip_end_in_file(const cd_archive *a, bool *found)
{
    off_t   size = lseek(a->fd, 0, SEEK_END), from = size > ZIP_TAIL ? size - ZIP_TAIL : 0;
    cd_buf  tail = {0};
    ssize_t n = 1;
    if (cd_buf_reserve(&tail, ZIP_TAIL) != CD_OK) return CD_ENOMEM;
    while (n > 0 && tail.len < ZIP_TAIL) {
        n = pread(a->fd, tail.ptr + tail.len, ZIP_TAIL - tail.len, from + (off_t)tail.len);
        if (n > 0) tail.len += (size_t)n;
    }
    *found = holds_zip_end(cd_buf_span(&tail));
    cd_buf_free(&tail);
    return CD_OK;
}

/* Reads on behind the last member, of which each list entry but the end is shorter than a window. */
static cd_status find_zip_end_in_stream(cd_archive *a, bool *found)
{
    cd_span            seen;
    unsigned long long skipped, used = (unsigned long long)archive_filter_bytes(a->reader, 0);
    CD_TRY(cd_stream_pass(a->under, used > a->passed ? used - a->passed : 0, &skipped));
    a->pending = 0;
    for (*found = false; !*found;) {
        CD_TRY(cd_stream_peek(a->under, ZIP_TAIL, &seen));
        *found = holds_zip_end(seen);
        if (seen.len < ZIP_TAIL) return CD_OK;
        cd_stream_skip(a->under, seen.len - ZIP_TAIL + 1);
    }
    return CD_OK;
}

/* The archive has come to an end: is it its own? What stands behind the last member of a zip is a list that no page needs, but without its
 * end nobody knows what else is missing. */
static cd_status check_end(cd_archive *a, const char **reason, const char **why)
{
    bool found = true;
    if (a->tar) return tar_has_end(a) ? CD_END : end_early(a, "no block of zeros stands at its end", reason, why);
    CD_TRY(a->fd >= 0 ? find_zip_end_in_file(a, &found) : find_zip_end_in_stream(a, &found));
    return found ? CD_END : end_early(a, "the list of its members has no end", reason, why);
}

cd_status cd_archive_next(cd_archive *a, cd_span *path, cd_stream **member, const char **reason, const char **why)
{
    for (;;) {
        cd_status st = next_header(a);
        *reason = NULL;
        *path = (cd_span){"", 0};
        if (st == CD_END) return check_end(a, reason, why);
        if (st == CD_ELIMIT) return a->blank && tar_has_end(a) ? CD_END : end_early(a, complaint(a->reader), reason, why);
        if (st == CD_EINPUT) {
            (void)snprintf(a->why, sizeof a->why, "%s", complaint(a->reader));
            *reason = "unreadable";
            *why = a->why;
            return CD_EINPUT;
        }
        *path = path_of(a->entry);
        if (archive_entry_filetype(a->entry) != AE_IFREG || archive_entry_hardlink(a->entry) || is_hidden(*path)) continue;
        a->ndata = 0;
        a->given = 0;
        a->member.window.len = a->member.at = 0;
        a->member.ended = false;
        a->member.reason = NULL;
        *member = &a->member;
        if (!archive_entry_is_encrypted(a->entry)) return CD_OK;
        *reason = "encrypted";
        *why = "is encrypted, and copydesk knows no passwords";
        return CD_EINPUT;
    }
}
