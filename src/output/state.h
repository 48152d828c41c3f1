/* state.h -- inside output/: what a record's status is called. */
#ifndef CD_OUTPUT_STATE_H
#define CD_OUTPUT_STATE_H

#include "copydesk.h"

static inline const char *cd_state_name(cd_state state)
{
    static const char *const names[] = {"ok", "partial", "empty", "error"};
    return names[state];
}

#endif
