/* sniff.h -- inside input/: what the first bytes of a file tell of how it is packed. */
#ifndef CD_INPUT_SNIFF_H
#define CD_INPUT_SNIFF_H

#include "base/span.h"

#include <stdbool.h>

/* Bytes that must be seen for an answer, where the file has as many. */
enum { CD_SNIFF_BYTES = 1024 };

typedef enum cd_packing {
    CD_PLAIN,  /* no container: a page, or whatever decode/ makes of it */
    CD_GZIPPED,
    CD_PACKED, /* bzip2, xz, zstd, lz4 */
    CD_TAR,
    CD_ZIP,
    CD_OFFICE, /* a zip that is one document: OOXML, OpenDocument, EPUB, a Java program */
    CD_WARC,
    CD_BRACE   /* begins like an object of JSON: jsonl.c must look at the line */
} cd_packing;

/* Never takes text for an archive: a signature that text might have counts only where what follows is none. */
cd_packing cd_sniff(cd_span head);

/* Whether nothing more need be seen: there are CD_SNIFF_BYTES of it, or a whole line that can be nothing but one of JSON (with `lines`, where
 * JSON Lines are asked for, nothing but a line). A pipe may give no more until that line is answered. */
bool cd_sniff_is_enough(cd_span head, bool lines);

#endif
