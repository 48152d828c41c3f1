/* features.c -- the page as the model saw it, for training. In: a finished page. Out: lines of text. */
#include "output/output.h"

static cd_status put_columns(cd_buf *out, const cd_columns_of *columns)
{
    for (unsigned i = 0; i < columns->n; i++) CD_TRY(cd_buf_format(out, i ? ",%u" : "%u", (unsigned)columns->at[i]));
    return cd_buf_char(out, '\t');
}

static cd_status put_text(cd_buf *out, const cd_block *b)
{
    CD_TRY(cd_buf_add(out, cd_span_sub(b->text, b->core, b->text.len)));
    return cd_buf_char(out, '\n');
}

static cd_status put_candidate(cd_buf *out, const cd_page *page, size_t k)
{
    CD_TRY(cd_buf_add(out, CD_SPAN("headline\t")));
    CD_TRY(put_columns(out, &page->candidates->columns[k]));
    return put_text(out, &page->blocks[page->candidates->blocks[k]]);
}

static cd_status put_block(cd_buf *out, const cd_block *b, const cd_columns_of *columns)
{
    const struct {
        bool is;
        char letter;
    } settled[] = {{b->drop != NULL, 'd'}, {b->keep != NULL, 'k'}, {b->role == CD_ROLE_HEADLINE, 'h'}, {b->role == CD_ROLE_REPEAT, 'r'}};
    CD_TRY(cd_buf_char(out, '-'));
    for (size_t i = 0; i < sizeof settled / sizeof *settled; i++)
        if (settled[i].is) CD_TRY(cd_buf_char(out, settled[i].letter));
    CD_TRY(cd_buf_char(out, '\t'));
    CD_TRY(put_columns(out, columns));
    return put_text(out, b);
}

static cd_status put_page(cd_buf *out, const cd_page *page)
{
    const size_t n = page->columns ? page->nblocks : 0; /* pages without a story are not looked at */
    CD_TRY(cd_buf_format(out, "page\t%.*s\t%zu\t%d\n", (int)page->name.len, page->name.ptr, n, page->expected));
    for (size_t k = 0; page->candidates && k < page->candidates->n; k++) CD_TRY(put_candidate(out, page, k));
    for (size_t i = 0; i < n; i++) CD_TRY(put_block(out, &page->blocks[i], &page->columns[i]));
    return CD_OK;
}

cd_status cd_output_features(const cd_page *page, cd_buf *out, cd_error *err)
{
    return put_page(out, page) == CD_OK ? CD_OK : cd_fail_memory(err);
}
