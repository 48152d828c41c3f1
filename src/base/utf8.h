/* utf8.h -- code points and what kind of letter they are. All text here is valid UTF-8: decode/ has seen to it. */
#ifndef CD_BASE_UTF8_H
#define CD_BASE_UTF8_H

#include "base/eight.h"

#include <stdint.h>

typedef uint32_t cd_rune; /* a Unicode code point */

enum { CD_RUNE_END = 0xFFFFFFFFu };

/* Takes the first code point off *text; CD_RUNE_END when nothing is left. A byte that begins no sequence is taken as U+FFFD. */
cd_rune cd_utf8_take_long(cd_span *text); /* where the first byte is no ASCII, or nothing is left */

static inline cd_rune cd_utf8_take(cd_span *text)
{
    if (text->len == 0 || (unsigned char)*text->ptr >= 0x80) return cd_utf8_take_long(text);
    text->len--;
    return (unsigned char)*text->ptr++;
}

/* Whether the text begins with eight bytes of ASCII, which are looked at together. */
static inline bool cd_begins_ascii8(cd_span text)
{
    return text.len >= 8 && !(cd_eight(text.ptr, 8) & CD_EIGHT(0x80));
}

/* The last code point of `text`, and in *len its bytes; CD_RUNE_END (and 0) when text is empty. */
cd_rune cd_utf8_last(cd_span text, size_t *len);

/* Writes one code point and gives back how many bytes it took, 1 to 4. */
size_t cd_utf8_put(char out[4], cd_rune rune);

/* The same of code points beyond ASCII. */
bool cd_is_letter_beyond(cd_rune r);
bool cd_is_upper_beyond(cd_rune r);
bool cd_is_lower_beyond(cd_rune r);
bool cd_is_digit_beyond(cd_rune r);

/* General category L or M: a combining mark belongs to its letter. */
static inline bool cd_is_letter(cd_rune r) { return r < 0x80 ? (r | 0x20) - 'a' < 26 : cd_is_letter_beyond(r); }
static inline bool cd_is_upper(cd_rune r) { return r < 0x80 ? r - 'A' < 26 : cd_is_upper_beyond(r); } /* Lu or Lt */
static inline bool cd_is_lower(cd_rune r) { return r < 0x80 ? r - 'a' < 26 : cd_is_lower_beyond(r); } /* Ll */
static inline bool cd_is_digit(cd_rune r) { return r < 0x80 ? r - '0' < 10 : cd_is_digit_beyond(r); } /* Nd */
bool cd_is_wide_beyond(cd_rune r);
static inline bool cd_is_wide(cd_rune r) { return r >= 0x1100 && cd_is_wide_beyond(r); } /* East Asian wide or fullwidth: two columns */

/* A letter of a script that is written without spaces (Han, Kana, Thai, Lao, Myanmar, Khmer): each counts as one word. */
bool cd_is_solo(cd_rune r);

/* Han, Kana, fullwidth signs: scripts in which lines are joined without a space. */
bool cd_is_cjk(cd_rune r);

/* The code point's simple case folding, as PCRE2 compares without case: also U+017F as s, U+212A as k. */
cd_rune cd_fold(cd_rune r);

/* Takes the next word off *rest: a run of letters, marks and digits, or one solo letter; false when there is none left. An
 * apostrophe or a hyphen ends a word (so "Trump's" is two), as the scorers of the field count. */
bool cd_word_take(cd_span *rest, cd_span *word);

/* How many words `text` has by that rule. */
size_t cd_word_count(cd_span text);

/* cd_hash_bytes() of the folded word. */
uint64_t cd_fold_hash(cd_span word);

extern const unsigned char cd_ascii_word[256]; /* 1 for ASCII letters and digits, 0 for every other byte */

/* A hash of the words of `text`, made of their cd_fold_hash() one after the other; blanks and punctuation do not count. 0 only
 * for text without words. */
uint64_t cd_word_hash(cd_span text);
static inline uint64_t cd_hash_join(uint64_t text, uint64_t word) { return (text ^ word) * 0x100000001B3u ^ text >> 47; }
enum { CD_HASH_SEED = 0x2545F491 };

/* Columns that `text` takes on a terminal; where they are more than `most`, any number above it. */
size_t cd_columns_to(cd_span text, size_t most);
static inline size_t cd_columns(cd_span text) { return cd_columns_to(text, SIZE_MAX); }

#endif
