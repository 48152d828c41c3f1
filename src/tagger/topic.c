/* topic.c -- what the page's prose is about, as a table of its words. In: the weights of the blocks and the densest run. Out: how
 * much of a line is in the run's words, in those of its first paragraphs, and in those of all prose: a headline is made of them.
 * Words are compared by their stems (page.h). Every word of prose is looked at once for all three. */
#include "tagger/story.h"

enum {
    LEAD = 3,          /* paragraphs in which a headline's words stand first */
    RUN_WORDS = 4096,  /* different words of the run, and of all prose, that are kept */
    ALL_WORDS = 8192
};

/* How often a stem is in the words of each topic. */
struct cd_topic_counts {
    uint8_t of[CD_TOPICS];
};

/* Counts the words of block i for the topics whose bits are set in `topics`. */
static void add_block(cd_story *s, size_t i, unsigned topics, size_t *used, size_t most)
{
    const uint32_t *stem = s->page->stems + s->page->blocks[i].stem, *end = stem + s->page->blocks[i].m.words;
    for (; stem < end; stem++) {
        if (!*stem) continue;
        size_t at = cd_slots_find(&s->topic.slots, *stem);
        bool   fresh = !s->topic.slots.hashes[at];
        if (fresh && *used >= most) continue;
        *used += fresh;
        s->topic.slots.hashes[at] = *stem;
        uint8_t *counts = s->topic.counts[at].of;
        for (unsigned k = 0; k < CD_TOPICS; k++)
            if (topics >> k & 1 && counts[k] < UINT8_MAX) counts[k]++;
    }
}

/* Twice as many slots as there are words, of which half come again and again. */
static size_t slots_for(const cd_story *s)
{
    uint64_t units = 0;
    size_t   slots = 256;
    for (size_t i = 0; i < s->page->nblocks; i++) units += s->weight[i] ? s->page->blocks[i].m.units : 0;
    while (slots < 2 * ALL_WORDS && slots < units / 50) slots *= 2;
    return slots;
}

cd_status cd_topic_fill(cd_story *s, cd_error *err)
{
    size_t slots = slots_for(s), used = 0, paragraphs = 0;
    if (!cd_slots_make(&s->topic.slots, s->page->arena, slots, s->page->hash_key)) return cd_fail_memory(err);
    s->topic.counts = cd_arena_array(s->page->arena, slots, sizeof *s->topic.counts);
    s->topic.overlaps = cd_arena_array(s->page->arena, s->page->nblocks, sizeof *s->topic.overlaps);
    if (!s->topic.counts || !s->topic.overlaps) return cd_fail_memory(err);
    for (size_t i = s->from; i < s->to; i++) {
        if (!s->weight[i]) continue;
        bool lead = paragraphs++ < LEAD;
        add_block(s, i, 1u << CD_TOPIC_RUN | 1u << CD_TOPIC_ALL | (unsigned)lead << CD_TOPIC_LEAD, &used, RUN_WORDS);
    }
    for (size_t i = 0; i < s->page->nblocks; i++)
        if (s->weight[i] && !cd_story_counts(s, i)) add_block(s, i, 1u << CD_TOPIC_ALL, &used, slots / 2);
    return CD_OK;
}

static cd_overlap compare(const cd_story *s, size_t i, bool own)
{
    const uint32_t *stem = s->page->stems + s->page->blocks[i].stem, *end = stem + s->page->blocks[i].m.words;
    cd_overlap      o = {.known = true};
    int             all = 0, hits[CD_TOPICS] = {0};
    const unsigned  mine[CD_TOPICS] = {own && cd_story_counts(s, i), own && cd_story_counts(s, i) && i < s->from + LEAD, own && s->weight[i]};
    for (; stem < end; stem++) {
        if (!*stem) continue;
        const uint8_t *counts = s->topic.counts[cd_slots_find(&s->topic.slots, *stem)].of;
        for (unsigned k = 0; k < CD_TOPICS; k++) hits[k] += counts[k] > mine[k];
        unsigned n = counts[CD_TOPIC_RUN] - (counts[CD_TOPIC_RUN] ? mine[CD_TOPIC_RUN] : 0);
        o.dense += n > 3 ? 3 : (int)n;
        all++;
    }
    for (unsigned k = 0; k < CD_TOPICS; k++) o.share[k] = (int16_t)(all ? hits[k] * 1000 / all : 0);
    return o;
}

cd_overlap cd_topic_overlap(const cd_story *s, size_t i, bool own)
{
    if (!s->topic.counts) return (cd_overlap){.known = true};
    if (!own) return compare(s, i, false);
    cd_overlap *kept = &s->topic.overlaps[i];
    if (!kept->known) *kept = compare(s, i, true);
    return *kept;
}
