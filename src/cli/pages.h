/* pages.h -- the program's main job: pages in, records (or explanations) out. */
#ifndef CD_CLI_PAGES_H
#define CD_CLI_PAGES_H

#include "cli/args.h"

/* Takes all pages that were given through the desk and tells what goes wrong. Gives the exit status. */
int cd_pages_run(const cd_args *args, const cd_desk *desk);

#endif
