/* language.c -- which language a text is in. In: counts of function words and of letters by script. Out: a BCP 47 tag or NULL.
 * Scripts that one language owns decide by themselves; all others by their function words (data/tables/stopwords.tsv), where
 * a word that several languages share counts for each of them in part. It does NOT guess: too few words give NULL. */
#include "page/measure.h"

#include "base/utf8.h"

/* Function words of the language, and how many per thousand words; fewer are enough where no other language has half as many. */
enum { WORDS_MIN = 4, SHARE_MIN = 40, SHARE_ALONE = 20 };

enum { TURKISH_WORDS = 5 /* words on a letter that only Turkish has, at most */ };

size_t cd_function_word(uint64_t hash)
{
    uint8_t tag = cd_word_tag(hash);
    for (size_t at = hash % CD_WORD_SLOTS; cd_function_tags[at]; at = (at + 1) % CD_WORD_SLOTS)
        if (cd_function_tags[at] == tag && cd_function_words[at].hash == hash) return at;
    return CD_WORD_SLOTS;
}

void cd_votes_add(cd_votes *votes, size_t word)
{
    if (word == CD_WORD_SLOTS) return;
    uint64_t languages = cd_function_words[word].languages;
    uint32_t shared = cd_function_words[word].shared, weight = 12 / (shared > 6 ? 6 : shared);
    for (; languages; languages &= languages - 1) {
        unsigned language = (unsigned)__builtin_ctzll(languages);
        votes->weight[language] += weight;
        votes->words[language]++;
    }
}

void cd_scripts_add(cd_scripts *scripts, cd_rune r)
{
    if (r < 0x370) {
        if (r == 0x131 || r == 0x130 || r == 0x11F || r == 0x11E) scripts->letters[CD_TURKISH]++;
        else if (r == 0x259) scripts->letters[CD_SCHWA]++;
        return;
    }
    if (r >= 0x3040 && r <= 0x30FF) scripts->letters[CD_KANA]++;
    else if (r >= 0x3400 && r <= 0x9FFF) scripts->letters[CD_HAN]++;
    else if (r >= 0xAC00 && r <= 0xD7A3) scripts->letters[CD_HANGUL]++;
    else if (r >= 0x0E00 && r <= 0x0E7F) scripts->letters[CD_THAI]++;
    else if (r >= 0x0590 && r <= 0x05FF) scripts->letters[CD_HEBREW]++;
    else if (r >= 0x0980 && r <= 0x09FF) scripts->letters[CD_BENGALI]++;
    else if (r >= 0x0B80 && r <= 0x0BFF) scripts->letters[CD_TAMIL]++;
    else if (r >= 0x0C00 && r <= 0x0C7F) scripts->letters[CD_TELUGU]++;
    else if (r >= 0x10A0 && r <= 0x10FF) scripts->letters[CD_GEORGIAN]++;
    else if (r >= 0x0530 && r <= 0x058F) scripts->letters[CD_ARMENIAN]++;
}

/* Scripts with one great language each. Japanese mixes Han with kana; Chinese has none. */
static const char *by_script(const cd_votes *v)
{
    const uint64_t *l = v->scripts.letters;
    uint64_t cjk = l[CD_HAN] + l[CD_KANA], all = v->words_seen;
    if (l[CD_HANGUL] * 3 > all) return "ko";
    if (cjk * 3 > all) return l[CD_KANA] * 20 > cjk ? "ja" : "zh";
    if (l[CD_THAI] * 3 > all) return "th";
    if (l[CD_HEBREW] > all) return "he";
    if (l[CD_BENGALI] > all) return "bn";
    if (l[CD_TAMIL] > all) return "ta";
    if (l[CD_TELUGU] > all) return "te";
    if (l[CD_GEORGIAN] > all) return "ka";
    if (l[CD_ARMENIAN] > all) return "hy";
    if (l[CD_SCHWA] * 4 > all) return "az";
    return NULL;
}

const char *cd_votes_result(const cd_votes *votes)
{
    const char *script = by_script(votes);
    if (script) return script;
    size_t   best = 0;
    uint32_t second = 0;
    for (size_t i = 0; cd_function_languages[i]; i++)
        if (votes->weight[i] > votes->weight[best]) best = i;
    for (size_t i = 0; cd_function_languages[i]; i++)
        if (i != best && votes->weight[i] > second) second = votes->weight[i];
    uint64_t least = second * 2 < votes->weight[best] ? SHARE_ALONE : SHARE_MIN;
    if (votes->words[best] >= WORDS_MIN && (uint64_t)votes->words[best] * 1000 >= votes->words_seen * least) return cd_function_languages[best];
    return votes->scripts.letters[CD_TURKISH] * TURKISH_WORDS > votes->words_seen ? "tr" : NULL; /* its endings say what other languages have words for */
}

const char *cd_language_of(cd_span text)
{
    cd_votes votes = {.words_seen = 0};
    cd_span  word;
    while (cd_word_take(&text, &word)) {
        votes.words_seen++;
        cd_votes_add(&votes, cd_function_word(cd_fold_hash(word)));
        while (word.len) cd_scripts_add(&votes.scripts, cd_utf8_take(&word));
    }
    return cd_votes_result(&votes);
}
