/* pack.c -- the rules of one language -> a scan for their needles. In: rules in force. Out: the pack for a page's language, made
 * when the first such page comes and kept; the build has made the one that every run needs. A page is read with the needles that
 * can matter on it and no others. */
#include "rules/pack.h"

#include "rules/ready.h"

#include <stdlib.h>

static cd_span primary_subtag(cd_span tag)
{
    size_t n = 0;
    while (n < tag.len && tag.ptr[n] != '-') n++;
    return cd_span_sub(tag, 0, n);
}

bool cd_pack_speaks(const cd_rule *rule, cd_span language)
{
    if (rule->langs.n == 0) return true;
    language = primary_subtag(language);
    for (size_t i = 0; i < rule->langs.n; i++)
        if (cd_span_is_nocase(language, rule->langs.at[i])) return true;
    return false;
}

static cd_status find_needles(cd_span pattern, cd_arena *arena, cd_needle_list *needles, cd_needle_list *second)
{
    const cd_ready *ready = cd_ready_find(pattern);
    cd_needles      found[2] = {{.n = 0}, {.n = 0}};
    if (!ready) CD_TRY(cd_needles_find(pattern, arena, &found[0], &found[1]));
    *needles = ready ? ready->needles : (cd_needle_list){found[0].at, found[0].n};
    *second = ready ? ready->second : (cd_needle_list){found[1].at, found[1].n};
    return CD_OK;
}

static cd_status fill(const cd_rules *rules, cd_pack *pack, cd_arena *arena)
{
    cd_scan_rule *list = cd_arena_array(arena, 2 * rules->n + 1, sizeof *list);
    uint64_t     *speaks = cd_arena_array(rules->arena, rules->nwords + 1, sizeof *speaks);
    uint64_t     *always = cd_arena_array(rules->arena, rules->nwords + 1, sizeof *always);
    uint64_t     *single = cd_arena_array(rules->arena, rules->nwords + 1, sizeof *single);
    size_t        n = 0;
    if (!list || !speaks || !always || !single) return CD_ENOMEM;
    for (size_t i = 0; i < rules->n; i++) {
        const cd_rule *rule = rules->at[i];
        if ((rule->langs.n == 0) != (pack->language.len == 0) || !cd_pack_speaks(rule, pack->language)) continue;
        cd_bit_set(speaks, i);
        list[n] = (cd_scan_rule){.bit = (uint32_t)i, .words_min = rule->words_min, .words_max = rule->words_max};
        list[n + 1] = list[n];
        list[n + 1].bit += (uint32_t)rules->nwords * 64;
        CD_TRY(find_needles(rule->pattern, arena, &list[n].needles, &list[n + 1].needles));
        if (list[n].needles.n == 0) cd_bit_set(always, i);
        if (list[n + 1].needles.n == 0) cd_bit_set(single, i);
        n += list[n + 1].needles.n ? 2 : 1;
    }
    if (n) CD_TRY(cd_scan_new(list, n, &pack->made));
    pack->scan = pack->made;
    pack->speaks = speaks;
    pack->always = always;
    pack->single = single;
    return CD_OK;
}

/* Whether the rules in force are those of data/rules, all of them and no others. */
static bool are_ours(const cd_rules *rules)
{
    return rules->n == cd_ready_rules && rules->n > 0 && !rules->at[0]->label.users; /* users' rules stand first */
}

/* Makes the pack of a language, which is in front of the list then. */
static cd_status make(const cd_rules *rules, cd_span language)
{
    cd_pack  *pack = cd_arena_take(rules->arena, sizeof *pack);
    cd_arena *arena = cd_arena_new(); /* needles are needed only until the scan is there */
    cd_status st = CD_ENOMEM;
    if (pack && arena) {
        bool ready = language.len == 0 && are_ours(rules);
        *pack = ready ? cd_ready_pack : (cd_pack){.language = cd_arena_copy(rules->arena, language)};
        pack->next = *rules->packs;
        if (pack->language.ptr) st = ready ? CD_OK : fill(rules, pack, arena);
    }
    if (st == CD_OK) *rules->packs = pack;
    cd_arena_free(arena);
    return st;
}

cd_status cd_pack_find(const cd_rules *rules, cd_span language, const cd_pack **found, cd_error *err)
{
    cd_status st = CD_OK;
    language = primary_subtag(language);
    cd_lock_take(rules->lock);
    for (int pass = 0; pass < 2 && st == CD_OK; pass++) {
        cd_pack *pack = *rules->packs;
        while (pack && !cd_span_is_nocase(pack->language, language)) pack = pack->next;
        *found = pack;
        if (pack || pass) break;
        st = make(rules, language);
    }
    cd_lock_release(rules->lock);
    return st == CD_OK ? st : cd_fail_memory(err);
}

void cd_packs_free(cd_rules *rules)
{
    for (const cd_pack *pack = rules->packs ? *rules->packs : NULL; pack; pack = pack->next) cd_scan_free(pack->made);
}
