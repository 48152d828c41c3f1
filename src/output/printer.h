/* printer.h -- inside output/: wrapped and coloured text. */
#ifndef CD_OUTPUT_PRINTER_H
#define CD_OUTPUT_PRINTER_H

#include "base/buf.h"

#include <stdbool.h>

/* How a piece of text looks on a terminal that knows colours. */
typedef enum cd_tint { CD_TINT_PLAIN, CD_TINT_KEPT, CD_TINT_REMOVED, CD_TINT_CUT, CD_TINT_FIELD } cd_tint;

enum { CD_PRINT_LEAST = 20 }; /* columns that a line has at least, however narrow the terminal */

/* Zero-initialise it, then set what stands first. Nothing is printed after a failure, which stays in `st`. */
typedef struct cd_printer {
    cd_buf   *out;
    bool      color;
    size_t    width, margin; /* columns of a line, and of what a block's lines begin with */
    size_t    column;        /* of the line so far */
    cd_tint   tint;
    cd_status st;
} cd_printer;

/* What comes now is tinted; the tint goes on over line ends. */
void cd_print_tint(cd_printer *p, cd_tint tint);

/* For what never wraps; the first leaves the column as it is. */
void cd_print_bytes(cd_printer *p, cd_span text);
void cd_print(cd_printer *p, const char *text);
void cd_print_blanks(cd_printer *p, size_t n);
void cd_print_padded(cd_printer *p, const char *text, size_t width); /* with blanks behind it, of ASCII text */

/* Ends the line; cd_print_break() also begins the next one at `margin`. */
void cd_print_end(cd_printer *p);
void cd_print_break(cd_printer *p, size_t margin);

/* Prints `text` wrapped, its lines but the first from `margin` on; a line feed in it begins a line. cd_print_joined() prints texts
 * as one; `parts` ends with NULL. */
void cd_print_wrapped(cd_printer *p, cd_span text, size_t margin);
void cd_print_joined(cd_printer *p, const char *const *parts, size_t margin);

/* Adds to a line that is put together before it is printed. */
#define CD_ADD_FORMAT(p, buf, ...) ((p)->st = (p)->st == CD_OK ? cd_buf_format(buf, __VA_ARGS__) : (p)->st)

#endif
