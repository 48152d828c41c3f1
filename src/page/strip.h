/* strip.h -- inside page/: the markup that the parser need not see is taken out before. */
#ifndef CD_PAGE_STRIP_H
#define CD_PAGE_STRIP_H

#include "base/buf.h"
#include "base/span.h"
#include "base/status.h"
#include "page/aside.h"

/* A <script> that somebody wants, as it stood; the spans look into the page's text. */
typedef struct cd_raw_script {
    cd_span type, id, text;
} cd_raw_script;

/* Markup with the same text and tags but for what no reader of the page sees: scripts, styles, comments, drawings, forms' choices,
 * and attributes that nobody asks for. An empty <script></script> stands where scripts[0], [1], ... stood. Attributes and text
 * that hold no references are set aside. Zero-initialise it, free it with cd_stripped_free(). */
typedef struct cd_stripped {
    cd_buf markup;
    cd_buf scripts_; /* an array of cd_raw_script */
    cd_asides asides;
    size_t prose;    /* bytes in long runs of text: what the page shows without its programs */
} cd_stripped;

static inline size_t cd_stripped_scripts(const cd_stripped *s) { return s->scripts_.len / sizeof(cd_raw_script); }
static inline const cd_raw_script *cd_stripped_script(const cd_stripped *s, size_t i)
{
    return (const cd_raw_script *)(const void *)s->scripts_.ptr + i;
}

typedef struct cd_strip_options {
    bool (*wants)(cd_span type, cd_span id); /* tells which scripts are kept */
    bool links; /* the addresses of links are kept */
    bool whole; /* nothing is set aside */
} cd_strip_options;

/* Fills *out from `html`. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_html_strip(cd_span html, const cd_strip_options *options, cd_stripped *out);
void                  cd_stripped_free(cd_stripped *stripped);

#endif
