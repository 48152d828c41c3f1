/* family.h -- inside page/: what the words of a class say that an element holds. */
#ifndef CD_PAGE_FAMILY_H
#define CD_PAGE_FAMILY_H

#include "base/data.h"
#include "base/hash.h"
#include "page/page.h"

/* Distinct class strings of a page with their families: each is looked at once. Lives in the page's arena. */
typedef struct cd_families {
    const cd_data_file *table;
    cd_slots            slots;
    uint64_t           *families; /* of each slot */
    size_t              used;
} cd_families;

CD_MUST_USE cd_status cd_families_open(cd_families *f, const cd_page *page, cd_error *err);

/* CD_FAMILY_BITs of a class, id or role. */
uint64_t cd_families_of(cd_families *f, cd_span words);

#endif
