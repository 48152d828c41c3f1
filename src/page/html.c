/* html.c -- an HTML page -> its blocks. In: page->text, which is markup. Out: page->blocks, page->elements, and what the page says of
 * itself (meta.h). Steps: strip.c takes out what nobody reads, and sets aside what needs no parser; libxml2 says which tags and text there are, however broken the page;
 * blocks.c makes blocks of them. libxml2's SAX interface is used and no tree is built, which is twice as fast and has no limit on
 * depth but ours. The program's door to libxml2's parser. */
#include "base/clean.h"
#include "base/limits.h"
#include "page/blocks.h"
#include "page/embedded.h"
#include "page/entities.h"
#include "page/meta.h"
#include "page/page.h"
#include "page/strip.h"

#include <libxml/HTMLparser.h>
#include <threads.h>

/* What the parser's calls share. The first failure stays in `st`, and nothing is done after it. */
typedef struct reader {
    cd_page            *page;
    cd_builder         *builder;
    cd_stripped        *stripped;
    size_t              script; /* the next one that the parser will meet */
    htmlParserCtxtPtr   parser;
    cd_status           st;
    cd_error           *err;
} reader;

static cd_span span_of(const xmlChar *text) { return cd_span_of((const char *)text); }

static void note(reader *r, cd_status st)
{
    if (st == CD_OK) return;
    r->st = st;
    xmlStopParser(r->parser);
}

/* ---- what is no text --------------------------------------------------------------------------------------------------- */

/* A value as all other rooms expect text to be. */
static cd_status clean_value(reader *r, const xmlChar *value, cd_span *out)
{
    size_t none = 0;
    *out = cd_span_of(value ? (const char *)value : "");
    cd_look look = cd_clean_look(*out);
    if (look.clean == out->len && !look.marks) return CD_OK;
    return cd_clean(r->page->arena, *out, look, out, &none) == CD_OK ? CD_OK : cd_fail_memory(r->err);
}

/* What a start tag has: for each attribute a value, of which the ptr is NULL where the tag has none. */
typedef struct attributes {
    cd_span of[CD_ATTRIBUTE_COUNT];
} attributes;

static cd_status take_meta(reader *r, const attributes *a)
{
    static const cd_attribute keys[] = {CD_ATTRIBUTE_PROPERTY, CD_ATTRIBUTE_NAME, CD_ATTRIBUTE_ITEMPROP, CD_ATTRIBUTE_HTTP_EQUIV};
    cd_span key = {NULL, 0}, content = a->of[CD_ATTRIBUTE_CONTENT];
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !key.len; i++) key = a->of[keys[i]];
    return key.len && content.ptr ? cd_meta_tag(r->page, key, content, r->err) : CD_OK;
}

static cd_status take_link(reader *r, const attributes *a)
{
    cd_span rel = a->of[CD_ATTRIBUTE_REL], href = a->of[CD_ATTRIBUTE_HREF];
    return rel.ptr && href.ptr ? cd_meta_link(r->page, rel, href, r->err) : CD_OK;
}

static cd_status take_language(reader *r, const attributes *a)
{
    cd_span tag = a->of[CD_ATTRIBUTE_LANG].ptr ? a->of[CD_ATTRIBUTE_LANG] : a->of[CD_ATTRIBUTE_XML_LANG];
    return tag.ptr ? cd_meta_language(r->page, tag, r->err) : CD_OK;
}

static cd_status take_script(reader *r)
{
    if (r->script >= cd_stripped_scripts(r->stripped)) return CD_OK;
    const cd_raw_script *s = cd_stripped_script(r->stripped, r->script++);
    return cd_meta_script(r->page, s->type, s->id, s->text, r->err);
}

/* ---- tags and text ----------------------------------------------------------------------------------------------------- */

/* Of two attributes of one name the parser gives the first. */
static cd_status read_attributes(reader *r, const xmlChar **atts, attributes *a)
{
    for (; atts && atts[0]; atts += 2) {
        cd_attribute which = cd_attribute_find(span_of(atts[0]));
        if (which != CD_ATTRIBUTE_COUNT) CD_TRY(clean_value(r, atts[1], &a->of[which]));
    }
    return CD_OK;
}

static cd_status start_element(reader *r, const char *name, const attributes *a)
{
    const cd_attributes read = {.class_ = a->of[CD_ATTRIBUTE_CLASS], .id = a->of[CD_ATTRIBUTE_ID], .role = a->of[CD_ATTRIBUTE_ROLE],
                                .style = a->of[CD_ATTRIBUTE_STYLE], .aria_hidden = a->of[CD_ATTRIBUTE_ARIA_HIDDEN],
                                .itemprop = a->of[CD_ATTRIBUTE_ITEMPROP], .itemtype = a->of[CD_ATTRIBUTE_ITEMTYPE],
                                .property = a->of[CD_ATTRIBUTE_PROPERTY], .rel = a->of[CD_ATTRIBUTE_REL], .href = a->of[CD_ATTRIBUTE_HREF],
                                .content = a->of[CD_ATTRIBUTE_CONTENT], .datetime = a->of[CD_ATTRIBUTE_DATETIME],
                                .colspan = a->of[CD_ATTRIBUTE_COLSPAN], .hidden = a->of[CD_ATTRIBUTE_HIDDEN].ptr != NULL,
                                .itemscope = a->of[CD_ATTRIBUTE_ITEMSCOPE].ptr != NULL};
    return cd_builder_start(r->builder, cd_span_of(name), &read, r->err);
}

static cd_status start(reader *r, const char *name, const attributes *a)
{
    if (name[0] == 's' && strcmp(name, "script") == 0) return take_script(r);
    if (name[0] == 'l' && strcmp(name, "link") == 0) return take_link(r, a);
    if (name[0] == 'b' && r->page->wants_links && strcmp(name, "base") == 0) return cd_page_take_base(r->page, a->of[CD_ATTRIBUTE_HREF], r->err);
    if (name[0] == 'm' && strcmp(name, "meta") == 0) CD_TRY(take_meta(r, a));
    if (name[0] == 'h' && strcmp(name, "html") == 0) CD_TRY(take_language(r, a));
    return start_element(r, name, a);
}

/* Steps (cd_page_spend) of an element, beside its bytes: libxml2's own work on it, its frame, and looking up its name and words. */
enum { ELEMENT_STEPS = 50 };

static cd_status take_start(reader *r, const char *name, const xmlChar **atts)
{
    attributes          a = {.of = {{NULL, 0}}};
    uint64_t            steps = ELEMENT_STEPS;
    const cd_aside_tag *tag = cd_aside_take_tag(&r->stripped->asides, (size_t)xmlByteConsumed(r->parser));
    const cd_aside_value     *values = tag ? cd_aside_values(&r->stripped->asides, tag) : NULL;
    for (size_t i = 0; tag && i < tag->n; i++) {
        a.of[values[i].attribute] = values[i].value;
        steps += 1 + values[i].value.len;
    }
    for (const xmlChar **p = atts; p && p[0]; p += 2) steps += 1 + (p[1] ? strlen((const char *)p[1]) : 0);
    CD_TRY(cd_page_spend(r->page, steps, r->err));
    CD_TRY(read_attributes(r, atts, &a));
    return start(r, name, &a);
}

static void on_start(void *context, const xmlChar *name, const xmlChar **atts)
{
    reader *r = context;
    if (r->st == CD_OK) note(r, take_start(r, (const char *)name, atts));
}

static void on_end(void *context, const xmlChar *name)
{
    reader *r = context;
    if (r->st == CD_OK) note(r, cd_builder_end(r->builder, span_of(name), r->err));
}

/* An end tag that ends nothing: the parser has looked for its element through all that are open. */
static void on_problem(void *context, xmlErrorPtr problem)
{
    reader *r = context;
    if (r->st == CD_OK && problem->code == XML_ERR_TAG_NAME_MISMATCH) note(r, cd_page_spend(r->page, (uint64_t)r->parser->nameNr + 1, r->err));
}

/* "&#146;" is meant for what windows-1252 has there, as browsers read it; the page's own bytes hold no such control. */
static cd_span windows_sign(cd_span text)
{
    unsigned char last = text.len == 2 ? (unsigned char)text.ptr[1] : 0;
    if (text.len != 2 || (unsigned char)text.ptr[0] != 0xC2 || last < 0x80 || last >= 0xA0) return text;
    return cd_entity_windows(last);
}

/* Text that was set aside, in pieces as the parser gives them: what is gathered has a limit. */
static cd_status give_text(reader *r, cd_span text)
{
    enum { PIECE = 1000 };
    while (text.len) {
        size_t n = text.len < PIECE ? text.len : PIECE;
        while (n < text.len && (text.ptr[n] & 0xC0) == 0x80) n++;
        CD_TRY(cd_builder_text(r->builder, cd_span_sub(text, 0, n), r->err));
        text = cd_span_sub(text, n, text.len);
    }
    return CD_OK;
}

static cd_status take_text(reader *r, cd_span text)
{
    size_t               to = (size_t)xmlByteConsumed(r->parser);
    const cd_aside_text *aside = cd_aside_take_text(&r->stripped->asides, to - text.len, to);
    if (aside) {
        CD_TRY(give_text(r, aside->text));
        text = cd_span_sub(text, 1, text.len);
    }
    return text.len ? cd_builder_text(r->builder, windows_sign(text), r->err) : CD_OK;
}

static void on_text(void *context, const xmlChar *text, int len)
{
    reader *r = context;
    if (r->st == CD_OK && len > 0) note(r, take_text(r, (cd_span){(const char *)text, (size_t)len}));
}

/* ---- the page ---------------------------------------------------------------------------------------------------------- */

/* NULL: no memory. The library must be made ready by one thread before others use it: 2.9.14 hangs where the first two meet. */
static htmlParserCtxtPtr new_parser(const cd_buf *markup, htmlSAXHandler *sax, reader *r)
{
    static once_flag  once = ONCE_FLAG_INIT;
    call_once(&once, xmlInitParser);
    htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(markup->ptr, (int)markup->len);
    if (!parser) return NULL;
    (void)htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_NOIMPLIED |
                                         HTML_PARSE_NODEFDTD | HTML_PARSE_IGNORE_ENC | (int)XML_PARSE_HUGE);
    parser->charset = XML_CHAR_ENCODING_UTF8; /* or the first byte above ASCII would make it guess */
    *parser->sax = *sax;
    parser->userData = r;
    return parser;
}

static cd_status parse(reader *r)
{
    htmlSAXHandler sax = {.startElement = on_start, .endElement = on_end, .characters = on_text, .ignorableWhitespace = on_text,
                          .cdataBlock = on_text,
                          .serror = on_problem, .initialized = XML_SAX2_MAGIC};
    r->parser = new_parser(&r->stripped->markup, &sax, r);
    if (!r->parser) return cd_fail_memory(r->err);
    (void)htmlParseDocument(r->parser);
    htmlFreeParserCtxt(r->parser);
    CD_TRY(r->st);
    return cd_builder_finish(r->builder, r->err);
}

/* Behind the markup of a page that shows no story: that of one which its data holds. */
static cd_status add_embedded(const cd_page *page, cd_stripped *to)
{
    cd_buf      story = {0};
    cd_stripped more = {0};
    const cd_strip_options options = {.wants = cd_meta_wants_script, .links = page->wants_links, .whole = true}; /* `story` is gone soon */
    cd_status   st = cd_embedded_story(page->text, to->prose, &story);
    if (st == CD_OK && story.len) st = cd_html_strip(cd_buf_span(&story), &options, &more);
    if (st == CD_OK && more.markup.len) st = cd_buf_add(&to->markup, cd_buf_span(&more.markup));
    cd_stripped_free(&more);
    cd_buf_free(&story);
    return st;
}

cd_status cd_page_parse(cd_page *page, cd_error *err)
{
    cd_stripped stripped = {0};
    reader      r = {.page = page, .stripped = &stripped, .err = err};
    const cd_strip_options options = {.wants = cd_meta_wants_script, .links = page->wants_links};
    cd_status   st = cd_html_strip(page->text, &options, &stripped) == CD_OK ? CD_OK : cd_fail_memory(err);
    if (st == CD_OK) st = add_embedded(page, &stripped) == CD_OK ? CD_OK : cd_fail_memory(err);
    if (st == CD_OK) st = cd_builder_new(page, &r.builder, err);
    if (st == CD_OK && stripped.markup.len) st = parse(&r);
    cd_builder_free(r.builder);
    cd_stripped_free(&stripped);
    return st;
}
