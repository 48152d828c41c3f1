/* rawjson.h -- inside input/: values of a JSON object as they stand in its line. */
#ifndef CD_INPUT_RAWJSON_H
#define CD_INPUT_RAWJSON_H

#include "base/buf.h"
#include "base/status.h"

/* `line` has no NUL but the one behind its end. Mends, in place, what no reader of C strings or UTF-8 could pass on: an escaped NUL and
 * half of a surrogate pair become the escape of U+FFFD. Gives how many values, at most, the line has: to be held against a limit before
 * it is parsed. */
size_t cd_json_prepare(char *line, size_t len);

/* How deep brackets stand in one another in `line`, which need not be valid. */
size_t cd_json_depth(cd_span line);

/* Finds the value at `path` in `object`, which must be valid JSON: a key of that very name or, where there is none, keys of
 * objects inside one another with dots between. Where a key occurs twice the first counts. false: it is not there. */
bool cd_json_find(cd_span object, cd_span path, cd_span *value);

/* Appends a valid value on one line: blanks between go, control characters in strings are escaped; a number stays digit for digit. */
CD_MUST_USE cd_status cd_json_copy(cd_buf *out, cd_span value);

#endif
