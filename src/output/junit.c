/* junit.c -- results as JUnit XML, the form that GitLab, Jenkins and others read. In: test cases. Out: XML without times, so that the
 * same results give the same bytes. Only three things need escapes in what we print, and no parser is needed to write them. */
#include "output/junit.h"

#include "base/utf8_strict.h"

/* Text for an element or a quoted attribute. */
static cd_status add_escaped(cd_buf *out, cd_span text)
{
    while (text.len) {
        cd_rune r;
        size_t  n = cd_utf8_strict(text.ptr, text.len, &r);
        cd_span as = cd_span_sub(text, 0, n);
        if (r == '&') as = CD_SPAN("&amp;");
        else if (r == '<') as = CD_SPAN("&lt;");
        else if (r == '>') as = CD_SPAN("&gt;");
        else if (r == '"') as = CD_SPAN("&quot;");
        else if (r == '\n' || r == '\t') as = cd_span_sub(text, 0, n);
        else if (r < 0x20 || r == CD_RUNE_BAD || r == 0xFFFE || r == 0xFFFF) as = CD_SPAN("\xEF\xBF\xBD");
        CD_TRY(cd_buf_add(out, as));
        text = cd_span_sub(text, n, text.len);
    }
    return CD_OK;
}

static cd_status add_attribute(cd_buf *out, const char *name, cd_span value)
{
    CD_TRY(cd_buf_format(out, " %s=\"", name));
    CD_TRY(add_escaped(out, value));
    return cd_buf_char(out, '"');
}

cd_status cd_junit_add(const cd_junit_case *test, cd_buf *out)
{
    CD_TRY(cd_buf_add(out, CD_SPAN("    <testcase")));
    CD_TRY(add_attribute(out, "classname", test->folder));
    CD_TRY(add_attribute(out, "name", test->name));
    if (!test->element) return cd_buf_add(out, CD_SPAN("/>\n"));
    CD_TRY(cd_buf_format(out, ">\n      <%s", test->element));
    CD_TRY(add_attribute(out, "type", cd_span_of(test->type)));
    CD_TRY(add_attribute(out, "message", test->message));
    CD_TRY(cd_buf_char(out, '>'));
    CD_TRY(add_escaped(out, test->text));
    return cd_buf_format(out, "</%s>\n    </testcase>\n", test->element);
}

cd_status cd_junit_finish(const cd_buf *cases, size_t tests, size_t failures, size_t errors, cd_buf *out)
{
    static const char form[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                               "<testsuites tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n"
                               "  <testsuite name=\"copydesk check\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n";
    CD_TRY(cd_buf_format(out, form, tests, failures, errors, tests, failures, errors));
    CD_TRY(cd_buf_add(out, cd_buf_span(cases)));
    return cd_buf_add(out, CD_SPAN("  </testsuite>\n</testsuites>\n"));
}
