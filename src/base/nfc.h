/* nfc.h -- canonical composition, the normal form of the web. */
#ifndef CD_BASE_NFC_H
#define CD_BASE_NFC_H

#include "base/arena.h"
#include "base/status.h"
#include "base/utf8.h"

/* Marks in a row that are put into order. Unicode's Stream-Safe format allows 30; the sorting behind it takes time by the square
 * of this number, and nobody can read a letter with more. A word with more stays as it is. */
#define CD_LIMIT_MARKS ((size_t)64)

/* Whether text with `rune` in it may not be in NFC yet: a combining mark, or a code point that NFC replaces or joins to the one in
 * front of it. Text without any such code point is in NFC. */
bool cd_nfc_may_move(cd_rune rune);

/* Brings *text (valid UTF-8) into NFC, word by word: where something changes, *text becomes a copy in `arena`. CD_ENOMEM is
 * the only failure. */
CD_MUST_USE cd_status cd_nfc(cd_arena *arena, cd_span *text);

#endif
