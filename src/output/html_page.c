/* html_page.c -- what stands around the sections of explain_html.c. In: the sections of a run, one after the other. Out: the begin and the
 * end of one HTML page, and, where it holds several sections, an index of them. Style comes from data/explain.css, inside the page;
 * nothing is fetched. Nothing is escaped here: the index repeats what explain_html.c has escaped. */
#include "base/data.h"
#include "output/output.h"

/* What stands between the first `from` of *rest and the `to` behind it, which is taken off; empty where they are not there. */
static cd_span between(cd_span *rest, cd_span from, cd_span to)
{
    size_t  at = cd_span_find(*rest, from);
    cd_span found = cd_span_sub(*rest, at < rest->len ? at + from.len : rest->len, rest->len);
    size_t  end = cd_span_find(found, to);
    *rest = cd_span_sub(found, end, found.len);
    return cd_span_sub(found, 0, end);
}

cd_status cd_output_html_entry(cd_span section, cd_buf *index, cd_error *err)
{
    cd_span   headline = between(&section, CD_SPAN("data-headline=\""), CD_SPAN("\""));
    cd_span   id = between(&section, CD_SPAN("<h2 id=\""), CD_SPAN("\"")), name = between(&section, CD_SPAN(">"), CD_SPAN("</h2>"));
    cd_span   facts = between(&section, CD_SPAN("<p>"), CD_SPAN("</p>"));
    cd_status st = cd_buf_format(index, "<li><a href=\"#%.*s\">%.*s</a>", (int)id.len, id.ptr, (int)name.len, name.ptr);
    if (st == CD_OK && headline.len) st = cd_buf_format(index, "<span dir=\"auto\">%.*s</span>", (int)headline.len, headline.ptr);
    if (st == CD_OK) st = cd_buf_format(index, "<span class=\"facts\">%.*s</span>", (int)facts.len, facts.ptr);
    if (st == CD_OK) st = cd_buf_add(index, CD_SPAN("</li>\n"));
    return st == CD_OK ? CD_OK : cd_fail_memory(err);
}

static cd_span style(void)
{
    const cd_data_file *f = cd_data_tables;
    while (f->name && !cd_span_ends(cd_span_of(f->name), CD_SPAN("/explain.css"))) f++;
    return f->text;
}

cd_status cd_output_html_begin(size_t sections, cd_span index, cd_buf *out, cd_error *err)
{
    cd_status st = cd_buf_add(out, CD_SPAN(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>copydesk explain</title>\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<style>\n"));
    if (st == CD_OK) st = cd_buf_add(out, style());
    if (st == CD_OK) st = cd_buf_add(out, CD_SPAN(
        "</style>\n</head>\n<body>\n<header class=\"top\"><h1>copydesk explain</h1>\n"
        "<p>What is kept is plain; what is removed is struck out, tinted and labelled with its category. Point at a block, or go to its "
        "label, to see what decided.</p></header>\n"));
    if (st == CD_OK && sections > 1)
        st = cd_buf_format(out, "<nav class=\"top index\" aria-labelledby=\"index\">\n<h2 id=\"index\">%zu pages</h2>\n<ol>\n%.*s</ol>\n</nav>\n"
                           "<a class=\"back\" href=\"#index\">All pages</a>\n", sections, (int)index.len, index.ptr);
    if (st == CD_OK) st = cd_buf_add(out, CD_SPAN("<main>\n"));
    return st == CD_OK ? CD_OK : cd_fail_memory(err);
}

cd_status cd_output_html_end(cd_buf *out, cd_error *err)
{
    return cd_buf_add(out, CD_SPAN("</main>\n</body>\n</html>\n")) == CD_OK ? CD_OK : cd_fail_memory(err);
}
