/* decode.h -- bytes of any encoding -> clean UTF-8, once and for all. The program's door to uchardet and iconv. */
#ifndef CD_DECODE_DECODE_H
#define CD_DECODE_DECODE_H

#include "page/page.h"

/* Fills page->text, encoding and replaced from `bytes`. What comes out: valid UTF-8 in NFC; every kind of line end is '\n'; every
 * kind of space is ' ' or (in front of a line) as many as its columns; no soft hyphen, zero-width character or byte order
 * mark (joiners stay where a script needs them); no control character but '\n' and '\t'; NUL and bad sequences are U+FFFD and
 * counted. The encoding is the byte order mark's, else `encoding` (an iconv name, or NULL), else UTF-8 if the bytes are that,
 * else what a page says of itself where page->format is HTML, or AUTO and it looks like HTML, else what uchardet says, else windows-1252. CD_EINPUT with reason "not_text": the bytes are no text at all (an image, an
 * archive); CD_EINPUT with reason "unknown_encoding": iconv does not know `encoding`; CD_ENOMEM. */
CD_MUST_USE cd_status cd_decode(cd_page *page, cd_span bytes, const char *encoding, cd_error *err);

/* Whether a page is HTML, by its content: its first sign but blanks, comments and declarations begins a tag with which pages begin. A
 * text that quotes tags is none. */
bool cd_decode_is_html(cd_span bytes);

/* Whether iconv knows that name: asked by the command line before a run. */
bool cd_decode_knows(const char *encoding);

#endif
