/* jsonmend.h -- inside page/: JSON-LD as sites write it -> JSON. */
#ifndef CD_PAGE_JSONMEND_H
#define CD_PAGE_JSONMEND_H

#include "page/page.h"

/* What stands between the wrappers (HTML comments, CDATA, their comment signs) of a script. A look into `text`. */
cd_span cd_json_unwrap(cd_span text);

/* A copy of `text` in the page's arena that mends what JSON forbids and sites write: commas in front of a bracket and doubled ones,
 * raw control characters, quotation marks inside a text, escapes that there are not, quotation marks as character references,
 * brackets that are never closed. What is sound stays as it is. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_json_mend(cd_page *page, cd_span text, cd_span *out, cd_error *err);

#endif
