/* diff.c -- the difference of two sequences in linear memory: E. Myers, "An O(ND) Difference Algorithm and Its Variations",
 * Algorithmica 1 (1986), section 4b. In: two lists of numbers. Out: a flag for each item that is only in one of them.
 *
 * A box is a part of `a` against a part of `b`. Equal ends are taken off it; then two searches, one from its top left corner and one
 * from its bottom right, go on by one edit each until they meet, and where they met cuts the box in two. Each half needs half
 * of the edits, so that a stack of as many boxes as a size_t has bits is enough, and nothing calls itself. */
#include "base/diff.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BOXES = 8 * (int)sizeof(size_t) + 2 };

typedef struct box {
    size_t a, a_to, b, b_to;
} box;

typedef struct differ {
    const uint64_t *a, *b;
    bool           *gone, *come;
    size_t         *fore, *back; /* how far in `a` each diagonal has come; the searches from the start and from the end */
} differ;

/* Takes equal items off both ends. */
static box shrink(const differ *d, box x)
{
    while (x.a < x.a_to && x.b < x.b_to && d->a[x.a] == d->b[x.b]) x.a++, x.b++;
    while (x.a < x.a_to && x.b < x.b_to && d->a[x.a_to - 1] == d->b[x.b_to - 1]) x.a_to--, x.b_to--;
    return x;
}

static void mark(const differ *d, box x)
{
    memset(d->gone + x.a, 1, x.a_to - x.a);
    memset(d->come + x.b, 1, x.b_to - x.b);
}

/* One more edit of one search on the diagonal `k` (items of a less items of b, counted from this search's corner): how far it
 * comes. *from is where its run of equal items begins. */
static size_t step(const differ *d, box x, size_t *reach, ptrdiff_t middle, ptrdiff_t k, ptrdiff_t h, bool forward, size_t *from)
{
    size_t    n = x.a_to - x.a, m = x.b_to - x.b;
    size_t   *at = reach + middle + k;
    size_t    i = k == -h || (k != h && at[-1] < at[1]) ? at[1] : at[-1] + 1;
    size_t    j = (size_t)((ptrdiff_t)i - k);
    *from = i;
    while (i < n && j < m && (forward ? d->a[x.a + i] == d->b[x.b + j] : d->a[x.a_to - 1 - i] == d->b[x.b_to - 1 - j])) i++, j++;
    return *at = i;
}

/* Cuts `x`, whose ends differ and which is empty on neither side, in two. False: that would take too many edits. */
static bool cut(const differ *d, box x, box *first, box *second)
{
    ptrdiff_t n = (ptrdiff_t)(x.a_to - x.a), m = (ptrdiff_t)(x.b_to - x.b), delta = n - m, middle = m + 1;
    ptrdiff_t most = (n + m + 1) / 2;
    if (most > (ptrdiff_t)CD_LIMIT_DIFF_EDITS) most = (ptrdiff_t)CD_LIMIT_DIFF_EDITS;
    memset(d->fore, 0, (size_t)(n + m + 3) * sizeof *d->fore);
    memset(d->back, 0, (size_t)(n + m + 3) * sizeof *d->back);
    for (ptrdiff_t h = 0; h <= most; h++) {
        ptrdiff_t low = h > m ? h - 2 * m : -h, high = h > n ? 2 * n - h : h; /* off these diagonals nothing is left to find */
        for (int turn = 0; turn < 2; turn++) {
            bool      forward = turn == 0;
            ptrdiff_t near = forward ? h - 1 : h; /* how far the other search has spread */
            for (ptrdiff_t k = low; k <= high; k += 2) {
                size_t    from, i = step(d, x, forward ? d->fore : d->back, middle, k, h, forward, &from);
                ptrdiff_t other = delta - k;
                if (((n + m) % 2 != 0) != forward || other < -near || other > near) continue;
                if ((ptrdiff_t)i + (ptrdiff_t)(forward ? d->back : d->fore)[middle + other] < n) continue;
                size_t u = forward ? from : (size_t)n - i, v = forward ? i : (size_t)n - from; /* the run where they met */
                ptrdiff_t line = forward ? k : other;
                *first = (box){x.a, x.a + u, x.b, x.b + (size_t)((ptrdiff_t)u - line)};
                *second = (box){x.a + v, x.a_to, x.b + (size_t)((ptrdiff_t)v - line), x.b_to};
                return true;
            }
        }
    }
    return false;
}

static void run(const differ *d, box all)
{
    box    stack[MOST_BOXES];
    size_t n = 0;
    stack[n++] = all;
    while (n) {
        box x = shrink(d, stack[--n]), first, second;
        bool empty = x.a == x.a_to || x.b == x.b_to;
        if (empty || n + 2 > MOST_BOXES || !cut(d, x, &first, &second)) {
            mark(d, x);
            continue;
        }
        stack[n++] = second;
        stack[n++] = first;
    }
}

cd_status cd_diff(const uint64_t *a, size_t n, const uint64_t *b, size_t m, bool *gone, bool *come)
{
    if (n > SIZE_MAX / 64 || m > SIZE_MAX / 64) return CD_ENOMEM;
    if (n) memset(gone, 0, n * sizeof *gone);
    if (m) memset(come, 0, m * sizeof *come);
    size_t *reach = malloc(2 * (n + m + 3) * sizeof *reach);
    if (!reach) return CD_ENOMEM;
    differ d = {a, b, gone, come, reach, reach + (n + m + 3)};
    run(&d, (box){0, n, 0, m});
    free(reach);
    return CD_OK;
}
