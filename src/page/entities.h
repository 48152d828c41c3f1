/* entities.h -- inside page/: character references. */
#ifndef CD_PAGE_ENTITIES_H
#define CD_PAGE_ENTITIES_H

#include "base/data.h"
#include "base/buf.h"

/* Adds `text`, as a page has it between tags (or, with `attribute`, in a value), with what its references by name stand for, as the HTML
 * standard has it. `table` is data/tables/entities.tsv. References by number stay, and signs of markup are left or become such: the parser
 * reads them. */
CD_MUST_USE cd_status cd_entities_put(cd_buf *out, const cd_data_file *table, cd_span text, bool attribute);

/* Room for what one reference stands for: two code points at most. */
enum { CD_SIGNS_BYTES = 8 };

/* Reads the reference that `text` begins with, by name and ";" or by number, and writes what it stands for, *len bytes, to `signs`: U+FFFD
 * for a number that no letter has. Gives its bytes; 0: it is none. */
size_t cd_entity_read(const cd_data_file *table, cd_span text, char signs[CD_SIGNS_BYTES], size_t *len);

/* What windows-1252 has for 128 to 159, which HTML forbids as numbers and pages use; empty for five of them. */
cd_span cd_entity_windows(unsigned number);

#endif
