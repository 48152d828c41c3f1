/* language.c -- which language a text is in. In: counts of function words and of letters by script. Out: a BCP 47 tag or NULL.
 * Scripts that one language owns decide by themselves; all others by their function words (data/tables/stopwords.tsv), where
 * a word that several languages share counts for each of them in part. It does NOT guess: too few words give NULL. */
#include "page/measure.h"

#include "base/utf8.h"

enum { WORDS_MIN = 4, SHARE_MIN = 40 /* function words of the language per thousand words */ };

uint64_t cd_function_word(uint64_t hash)
{
    uint8_t tag = cd_word_tag(hash);
    for (size_t at = hash % CD_WORD_SLOTS; cd_function_tags[at]; at = (at + 1) % CD_WORD_SLOTS)
        if (cd_function_tags[at] == tag && cd_function_words[at].hash == hash) return cd_function_words[at].languages;
    return 0;
}

void cd_votes_add(cd_votes *votes, uint64_t languages)
{
    if (languages == 0) return;
    unsigned shared = (unsigned)__builtin_popcountll(languages);
    uint32_t weight = 12 / (shared > 6 ? 6 : shared);
    for (; languages; languages &= languages - 1) {
        unsigned language = (unsigned)__builtin_ctzll(languages);
        votes->weight[language] += weight;
        votes->words[language]++;
    }
}

void cd_votes_letter(cd_votes *votes, cd_rune r)
{
    if (r < 0x370) return;
    if (r >= 0x3040 && r <= 0x30FF) votes->kana++;
    else if (r >= 0x3400 && r <= 0x9FFF) votes->han++;
    else if (r >= 0xAC00 && r <= 0xD7A3) votes->hangul++;
    else if (r >= 0x0E00 && r <= 0x0E7F) votes->thai++;
    else if (r >= 0x0590 && r <= 0x05FF) votes->hebrew++;
    else if (r >= 0x0980 && r <= 0x09FF) votes->bengali++;
    else if (r >= 0x0B80 && r <= 0x0BFF) votes->tamil++;
    else if (r >= 0x10A0 && r <= 0x10FF) votes->georgian++;
    else if (r >= 0x0530 && r <= 0x058F) votes->armenian++;
}

/* Scripts with one great language each. Japanese mixes Han with kana; Chinese has none. */
static const char *by_script(const cd_votes *v)
{
    uint64_t cjk = v->han + v->kana, all = v->words_seen;
    if (v->hangul * 3 > all) return "ko";
    if (cjk * 3 > all) return v->kana * 20 > cjk ? "ja" : "zh";
    if (v->thai * 3 > all) return "th";
    if (v->hebrew > all) return "he";
    if (v->bengali > all) return "bn";
    if (v->tamil > all) return "ta";
    if (v->georgian > all) return "ka";
    if (v->armenian > all) return "hy";
    return NULL;
}

const char *cd_votes_result(const cd_votes *votes)
{
    const char *script = by_script(votes);
    if (script) return script;
    size_t best = 0;
    for (size_t i = 0; cd_function_languages[i]; i++)
        if (votes->weight[i] > votes->weight[best]) best = i;
    if (votes->words[best] < WORDS_MIN || (uint64_t)votes->words[best] * 1000 < votes->words_seen * SHARE_MIN) return NULL;
    return cd_function_languages[best];
}

const char *cd_language_of(cd_span text)
{
    cd_votes votes = {.words_seen = 0};
    cd_span  word;
    while (cd_word_take(&text, &word)) {
        votes.words_seen++;
        cd_votes_add(&votes, cd_function_word(cd_fold_hash(word)));
        while (word.len) cd_votes_letter(&votes, cd_utf8_take(&word));
    }
    return cd_votes_result(&votes);
}
