/* embedded.h -- inside page/: the story of a page that shows none until its program runs. */
#ifndef CD_PAGE_EMBEDDED_H
#define CD_PAGE_EMBEDDED_H

#include "base/buf.h"
#include "base/span.h"
#include "base/status.h"

/* Adds to *out the markup of the story that `html` holds in its scripts' data alone, in an <embedded-story>; nothing where the page shows
 * enough text by itself (`shown`: bytes in its long runs of text) or no data looks like a story. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_embedded_story(cd_span html, size_t shown, cd_buf *out);

#endif
