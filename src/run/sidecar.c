/* sidecar.c -- name.args, a fixture's options. In: a file with a line for each, such as "--url https://example.com/a". Out: their values.
 * Only what a page brings along from outside may stand here; what belongs to the whole run is given on the command line. */
#include "run/fixture.h"

#include "base/file.h"
#include "base/limits.h"
#include "decode/decode.h"
#include "fields/fields.h"

#include <errno.h>

void cd_sidecar_clear(cd_sidecar *sidecar)
{
    cd_buf_clear(&sidecar->url, CD_LIMIT_SIDECAR_BYTES);
    cd_buf_clear(&sidecar->encoding, CD_LIMIT_SIDECAR_BYTES);
    cd_buf_clear(&sidecar->now, CD_LIMIT_SIDECAR_BYTES);
}

void cd_sidecar_free(cd_sidecar *sidecar)
{
    cd_buf_free(&sidecar->url);
    cd_buf_free(&sidecar->encoding);
    cd_buf_free(&sidecar->now);
}

/* A span for "%.*s": no message needs more of a line than this. */
#define SHOWN(s) (int)((s).len < 120 ? (s).len : 120), (s).ptr

/* One line that is neither blank nor a comment. */
static cd_status take_line(cd_sidecar *sidecar, const char *path, size_t number, cd_span line, cd_error *err)
{
    const struct {
        cd_span name;
        cd_buf *value;
    } known[] = {{CD_SPAN("--url"), &sidecar->url}, {CD_SPAN("--encoding"), &sidecar->encoding}, {CD_SPAN("--now"), &sidecar->now}};
    size_t  end = 0, i = 0, n = sizeof known / sizeof *known;
    while (end < line.len && !cd_is_blank(line.ptr[end]) && line.ptr[end] != '=') end++;
    cd_span name = cd_span_sub(line, 0, end), value = cd_span_trim(cd_span_sub(line, end < line.len ? end + 1 : end, line.len));
    while (i < n && !cd_span_is(known[i].name, name)) i++;
    if (i == n) return cd_fail(err, CD_EINPUT, "%s:%zu: '%.*s' is none of --url, --encoding, --now", path, number, SHOWN(name));
    if (value.len == 0) return cd_fail(err, CD_EINPUT, "%s:%zu: %s needs a value", path, number, known[i].name.ptr);
    if (known[i].value->len) return cd_fail(err, CD_EINPUT, "%s:%zu: %s stands here twice", path, number, known[i].name.ptr);
    if (cd_buf_add(known[i].value, value) != CD_OK) return cd_fail_memory(err);
    cd_instant instant;
    if (known[i].value == &sidecar->encoding && !cd_decode_knows(sidecar->encoding.ptr))
        return cd_fail(err, CD_EINPUT, "%s:%zu: '%.*s' is no encoding that iconv knows", path, number, SHOWN(value));
    if (known[i].value == &sidecar->now && !cd_instant_read(value, &instant))
        return cd_fail(err, CD_EINPUT, "%s:%zu: '%.*s' is no time as 2025-04-11 or 2025-04-11T16:40+05:00", path, number, SHOWN(value));
    return CD_OK;
}

cd_status cd_sidecar_read(const char *path, cd_sidecar *sidecar, cd_error *err)
{
    cd_buf text = {0};
    cd_sidecar_clear(sidecar);
    cd_status st = cd_file_read(path, CD_LIMIT_SIDECAR_BYTES, false, &text);
    if (st == CD_EINPUT) st = cd_fail(err, CD_EINPUT, "%s: %s", path, strerror(errno));
    if (st == CD_ELIMIT)
        st = cd_fail(err, CD_EINPUT, "%s: more bytes than the limit CD_LIMIT_SIDECAR_BYTES, %zu", path, CD_LIMIT_SIDECAR_BYTES);
    if (st == CD_ENOMEM) st = cd_fail_memory(err);
    if (st == CD_OK && text.len && memchr(text.ptr, '\0', text.len)) st = cd_fail(err, CD_EINPUT, "%s: has a NUL", path);
    cd_span rest = cd_buf_span(&text), line;
    for (size_t number = 1; st == CD_OK && cd_span_line(&rest, &line); number++) {
        line = cd_span_trim(line);
        if (line.len && *line.ptr != '#') st = take_line(sidecar, path, number, line, err);
    }
    cd_buf_free(&text);
    return st;
}
