/* sniff.h -- inside decode/: what the bytes of a page say of themselves before they are decoded. */
#ifndef CD_DECODE_SNIFF_H
#define CD_DECODE_SNIFF_H

#include "base/span.h"

/* The encoding that <meta charset>, <meta http-equiv=content-type> or an XML declaration names in the first bytes; into `name`, false
 * where there is none. */
bool cd_sniff_charset(cd_span bytes, char name[40]);

#endif
