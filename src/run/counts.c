/* counts.c -- counts reasons, removed blocks and hits of rules. In: finished pages. Out: sums. */
#include "run/counts.h"

#include "output/value.h"

#include <stdio.h>
#include <stdlib.h>

cd_status cd_counts_new(size_t nrules, cd_counts **made, cd_error *err)
{
    cd_counts *c = calloc(1, sizeof *c);
    if (c) c->hits = calloc(nrules + 1, sizeof *c->hits);
    if (!c || !c->hits) {
        free(c);
        return cd_fail_memory(err);
    }
    c->nrules = nrules;
    *made = c;
    return CD_OK;
}

void cd_counts_free(cd_counts *counts)
{
    if (!counts) return;
    free(counts->hits);
    free(counts);
}

void cd_counts_reason(cd_counts *c, const char *reason, uint64_t n)
{
    size_t i = 0;
    if (!reason) return;
    while (i < c->nreasons && strcmp(c->reasons[i].name, reason) != 0) i++;
    if (i == CD_LIMIT_REASONS) return;
    if (i == c->nreasons) {
        (void)snprintf(c->reasons[i].name, sizeof c->reasons[i].name, "%s", reason);
        c->nreasons++;
    }
    c->reasons[i].n += n;
}

void cd_counts_page(cd_counts *c, const cd_page *page)
{
    size_t removed[CD_ROLE_COUNT] = {0};
    cd_output_count_removed(page, removed);
    for (size_t i = 0; i < CD_ROLE_COUNT; i++) c->removed[i] += cd_role_is_kept((cd_role)i) ? 0 : removed[i];
    cd_counts_reason(c, page->reason, 1);
    for (size_t i = 0; i < page->nblocks; i++)
        for (const cd_hit *hit = page->blocks[i].hits; hit; hit = hit->next) c->hits[hit->rule->number]++;
}

void cd_counts_add(cd_counts *sum, const cd_counts *part)
{
    for (size_t i = 0; i < CD_ROLE_COUNT; i++) sum->removed[i] += part->removed[i];
    for (size_t i = 0; i < part->nreasons; i++) cd_counts_reason(sum, part->reasons[i].name, part->reasons[i].n);
    for (size_t i = 0; i < sum->nrules && i < part->nrules; i++) sum->hits[i] += part->hits[i];
}
