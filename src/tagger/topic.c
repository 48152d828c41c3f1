/* topic.c -- what the page's prose is about, as a table of its words. In: the weights of the blocks and the densest run. Out: how
 * much of a line is in the run's words, in those of its first paragraphs, and in those of all prose: a headline is made of them.
 * Words are compared by their first letters. Every word of prose is looked at once for all three. */
#include "base/utf8.h"
#include "tagger/story.h"

enum {
    STEM = 6,          /* letters by which words are compared */
    LEAD = 3,          /* paragraphs in which a headline's words stand first */
    RUN_WORDS = 4096,  /* different words of the run, and of all prose, that are kept */
    ALL_WORDS = 8192
};

struct cd_topic_slot {
    uint64_t hash; /* 0: empty */
    uint16_t counts[CD_TOPICS];
};

/* The word's hash by its first letters, so that most endings make no difference; 0 for words that say nothing: short ones, and
 * letters of scripts without spaces but for Han. */
static uint64_t content_word(cd_span word)
{
    cd_span rest = word;
    cd_rune first = cd_utf8_take(&rest);
    if (cd_is_solo(first)) return first >= 0x3400 ? cd_fold_hash(word) | 1 : 0;
    if (word.len <= 3) return 0;
    for (size_t letters = 1; rest.len && letters < STEM; letters++) (void)cd_utf8_take(&rest);
    return cd_fold_hash((cd_span){word.ptr, (size_t)(rest.ptr - word.ptr)}) | 1;
}

static struct cd_topic_slot *slot_of(const cd_topic *t, uint64_t hash)
{
    size_t at = (size_t)(hash >> 1) & t->mask;
    while (t->slots[at].hash && t->slots[at].hash != hash) at = (at + 1) & t->mask;
    return &t->slots[at];
}

/* Counts the words of a block for the topics whose bits are set in `topics`. */
static void add_block(cd_topic *t, cd_span rest, unsigned topics, size_t *used, size_t most)
{
    cd_span word;
    while (cd_word_take(&rest, &word)) {
        uint64_t              hash = content_word(word);
        struct cd_topic_slot *slot = hash ? slot_of(t, hash) : NULL;
        if (!slot || (!slot->hash && *used >= most)) continue;
        *used += !slot->hash;
        slot->hash = hash;
        for (unsigned k = 0; k < CD_TOPICS; k++)
            if (topics >> k & 1 && slot->counts[k] < UINT16_MAX) slot->counts[k]++;
    }
}

/* Twice as many slots as there can be words. */
static size_t slots_for(const cd_story *s)
{
    uint64_t units = 0;
    size_t   slots = 256;
    for (size_t i = 0; i < s->page->nblocks; i++) units += s->weight[i] ? s->page->blocks[i].m.units : 0;
    while (slots < 2 * ALL_WORDS && slots < units / 25) slots *= 2;
    return slots;
}

cd_status cd_topic_fill(cd_story *s, cd_error *err)
{
    size_t slots = slots_for(s), used = 0, paragraphs = 0;
    s->topic.mask = slots - 1;
    s->topic.slots = cd_arena_array(s->page->arena, slots, sizeof *s->topic.slots);
    if (!s->topic.slots) return cd_fail_memory(err);
    for (size_t i = s->from; i < s->to; i++) {
        if (!s->weight[i]) continue;
        bool lead = paragraphs++ < LEAD;
        add_block(&s->topic, s->page->blocks[i].text, 1u << CD_TOPIC_RUN | 1u << CD_TOPIC_ALL | (unsigned)lead << CD_TOPIC_LEAD, &used, RUN_WORDS);
    }
    for (size_t i = 0; i < s->page->nblocks; i++)
        if (s->weight[i] && !cd_story_counts(s, i)) add_block(&s->topic, s->page->blocks[i].text, 1u << CD_TOPIC_ALL, &used, slots / 2);
    return CD_OK;
}

cd_overlap cd_topic_overlap(const cd_story *s, size_t i, bool own)
{
    cd_span    rest = s->page->blocks[i].text, word;
    cd_overlap o = {.dense = 0};
    int        all = 0, hits[CD_TOPICS] = {0};
    const unsigned mine[CD_TOPICS] = {own && cd_story_counts(s, i), own && cd_story_counts(s, i) && i < s->from + LEAD, own && s->weight[i]};
    while (s->topic.slots && cd_word_take(&rest, &word)) {
        uint64_t hash = content_word(word);
        if (!hash) continue;
        const struct cd_topic_slot *slot = slot_of(&s->topic, hash);
        for (unsigned k = 0; k < CD_TOPICS; k++) hits[k] += slot->counts[k] > mine[k];
        unsigned n = slot->counts[CD_TOPIC_RUN] - (slot->counts[CD_TOPIC_RUN] ? mine[CD_TOPIC_RUN] : 0);
        o.dense += n > 3 ? 3 : (int)n;
        all++;
    }
    for (unsigned k = 0; k < CD_TOPICS; k++) o.share[k] = all ? hits[k] * 1000 / all : 0;
    return o;
}
