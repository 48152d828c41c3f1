/* entities.h -- inside page/: character references by name. */
#ifndef CD_PAGE_ENTITIES_H
#define CD_PAGE_ENTITIES_H

#include "base/data.h"
#include "base/buf.h"

/* Adds `text`, as a page has it between tags (or, with `attribute`, in a value), with what its references by name stand for, as the HTML
 * standard has it. `table` is data/tables/entities.tsv. References by number stay, and signs of markup are left or become such: the parser
 * reads them. */
CD_MUST_USE cd_status cd_entities_put(cd_buf *out, const cd_data_file *table, cd_span text, bool attribute);

#endif
