/* container.h -- inside input/: one file that is or may be a container -> its pages. */
#ifndef CD_INPUT_CONTAINER_H
#define CD_INPUT_CONTAINER_H

#include "input/item.h"

typedef struct cd_container cd_container;

/* What a file is read with. */
typedef struct cd_container_file {
    const char *name;   /* what records show as `input` */
    int         fd;
    bool        owned;  /* fd is closed with the container; where opening fails it stays the caller's */
    bool        seeks;  /* fd can be read at any place */
    long long   size;   /* in bytes; -1: not known */
    cd_buf     *head;   /* what was already read from fd, which is moved into the container */
} cd_container_file;

/* Whether a file that begins with `head` (CD_SNIFF_BYTES of it, if it has as many) must be opened as a container: what is surely a plain page
 * is read as such. */
bool cd_container_may_be(cd_span head, const cd_input_options *options);

/* CD_ENOMEM is the only failure. `options` must outlive the container. */
CD_MUST_USE cd_status cd_container_open(const cd_container_file *file, const cd_input_options *options, cd_container **container);
void                  cd_container_close(cd_container *c); /* NULL is fine */

/* The next page into `item`. A page that is in no archive, WARC or JSON Lines file, packed or not, has record -1. CD_END: there are no
 * more; CD_ENOMEM. */
CD_MUST_USE cd_status cd_container_next(cd_container *c, cd_item *item);

/* The descriptor of a file of JSON Lines from which the next line is still to be read; -1: it is there already, or this is another file. */
int cd_container_waits_for(const cd_container *c);

#endif
