/* html.c -- an HTML page -> its blocks. In: page->text, which is markup. Out: page->blocks, page->elements, and what the page says of
 * itself (meta.h). Steps: strip.c takes out what nobody reads; libxml2 says which tags and text there are, however broken the page;
 * blocks.c makes blocks of them. libxml2's SAX interface is used and no tree is built, which is twice as fast and has no limit on
 * depth but ours. The program's one door to libxml2. */
#include "base/clean.h"
#include "base/limits.h"
#include "page/blocks.h"
#include "page/embedded.h"
#include "page/meta.h"
#include "page/page.h"
#include "page/strip.h"

#include <libxml/HTMLparser.h>
#include <libxml/uri.h>
#include <threads.h>

/* What the parser's calls share. The first failure stays in `st`, and nothing is done after it. */
typedef struct reader {
    cd_page            *page;
    cd_builder         *builder;
    const cd_stripped  *stripped;
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

static const xmlChar *find(const xmlChar **atts, const char *name)
{
    for (; atts && atts[0]; atts += 2)
        if (strcmp((const char *)atts[0], name) == 0) return atts[1] ? atts[1] : (const xmlChar *)"";
    return NULL;
}

static cd_status take_meta(reader *r, const xmlChar **atts)
{
    static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
    const xmlChar           *key = NULL, *content = find(atts, "content");
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !(key && *key); i++) key = find(atts, keys[i]);
    cd_span k, c;
    if (!key || !*key || !content) return CD_OK;
    CD_TRY(clean_value(r, key, &k));
    CD_TRY(clean_value(r, content, &c));
    return cd_meta_tag(r->page, k, c, r->err);
}

static cd_status take_link(reader *r, const xmlChar **atts)
{
    const xmlChar *rel = find(atts, "rel"), *href = find(atts, "href");
    cd_span        a, b;
    if (!rel || !href) return CD_OK;
    CD_TRY(clean_value(r, rel, &a));
    CD_TRY(clean_value(r, href, &b));
    return cd_meta_link(r->page, a, b, r->err);
}

static cd_status take_language(reader *r, const xmlChar **atts)
{
    const xmlChar *tag = find(atts, "lang");
    cd_span        t;
    if (!tag) tag = find(atts, "xml:lang");
    if (!tag) return CD_OK;
    CD_TRY(clean_value(r, tag, &t));
    return cd_meta_language(r->page, t, r->err);
}

/* The first <base> of the page. */
static cd_status take_base(reader *r, const xmlChar **atts)
{
    const xmlChar *href = find(atts, "href");
    cd_span        base;
    if (!href || !*href || r->page->base.ptr) return CD_OK;
    CD_TRY(clean_value(r, href, &base));
    r->page->base = cd_arena_copy(r->page->arena, cd_span_trim(base));
    return r->page->base.ptr ? CD_OK : cd_fail_memory(r->err);
}

static cd_status take_script(reader *r)
{
    if (r->script >= cd_stripped_scripts(r->stripped)) return CD_OK;
    const cd_raw_script *s = cd_stripped_script(r->stripped, r->script++);
    return cd_meta_script(r->page, s->type, s->id, s->text, r->err);
}

/* ---- tags and text ----------------------------------------------------------------------------------------------------- */

/* X(first letter, name, field), in the order of how often pages have them. */
#define FIELDS(X)                                                                                                      \
    X('c', "class", class_) X('i', "id", id) X('r', "role", role) X('s', "style", style) X('a', "aria-hidden", aria_hidden) \
    X('r', "rel", rel) X('h', "href", href) X('c', "content", content) X('i', "itemprop", itemprop)                     \
    X('i', "itemtype", itemtype) X('p', "property", property) X('d', "datetime", datetime) X('c', "colspan", colspan)

static cd_status read_attributes(reader *r, const xmlChar **atts, cd_attributes *a)
{
    *a = (cd_attributes){.hidden = false};
    for (; atts && atts[0]; atts += 2) {
        const char *name = (const char *)atts[0];
        cd_span    *field = NULL;
#define X(first, text, member) if (name[0] == first && !field && strcmp(name, text) == 0) field = &a->member;
        FIELDS(X)
#undef X
        if (field) CD_TRY(clean_value(r, atts[1], field));
        else if (strcmp(name, "hidden") == 0) a->hidden = true;
        else if (strcmp(name, "itemscope") == 0) a->itemscope = true;
    }
    return CD_OK;
}

static cd_status start(reader *r, const char *name, const xmlChar **atts)
{
    cd_attributes a;
    if (name[0] == 's' && strcmp(name, "script") == 0) return take_script(r);
    if (name[0] == 'l' && strcmp(name, "link") == 0) return take_link(r, atts);
    if (name[0] == 'b' && r->page->wants_links && strcmp(name, "base") == 0) return take_base(r, atts);
    if (name[0] == 'm' && strcmp(name, "meta") == 0) CD_TRY(take_meta(r, atts));
    if (name[0] == 'h' && strcmp(name, "html") == 0) CD_TRY(take_language(r, atts));
    CD_TRY(read_attributes(r, atts, &a));
    return cd_builder_start(r->builder, cd_span_of(name), &a, r->err);
}

/* Steps (cd_page_spend) of an element, beside its bytes: libxml2's own work on it, its frame, and looking up its name and words. */
enum { ELEMENT_STEPS = 50 };

static cd_status spend_on(reader *r, const xmlChar **atts)
{
    uint64_t steps = ELEMENT_STEPS;
    for (; atts && atts[0]; atts += 2) steps += 1 + (atts[1] ? strlen((const char *)atts[1]) : 0);
    return cd_page_spend(r->page, steps, r->err);
}

static void on_start(void *context, const xmlChar *name, const xmlChar **atts)
{
    reader *r = context;
    if (r->st == CD_OK) note(r, spend_on(r, atts));
    if (r->st == CD_OK) note(r, start(r, (const char *)name, atts));
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
    static const char *const signs[32] = {
        "\u20AC", "", "\u201A", "\u0192", "\u201E", "\u2026", "\u2020", "\u2021", "\u02C6", "\u2030", "\u0160", "\u2039", "\u0152", "", "\u017D", "",
        "", "\u2018", "\u2019", "\u201C", "\u201D", "\u2022", "\u2013", "\u2014", "\u02DC", "\u2122", "\u0161", "\u203A", "\u0153", "", "\u017E", "\u0178"};
    unsigned char last = text.len == 2 ? (unsigned char)text.ptr[1] : 0;
    if (text.len != 2 || (unsigned char)text.ptr[0] != 0xC2 || last < 0x80 || last >= 0xA0) return text;
    return cd_span_of(signs[last - 0x80]);
}

static void on_text(void *context, const xmlChar *text, int len)
{
    reader *r = context;
    if (r->st == CD_OK && len > 0) note(r, cd_builder_text(r->builder, windows_sign((cd_span){(const char *)text, (size_t)len}), r->err));
}

/* ---- addresses --------------------------------------------------------------------------------------------------------- */

/* `href` against `base`; as it stands where one of them is no address. */
static cd_status join(const cd_page *page, cd_span href, cd_span base, cd_span *out, cd_error *err)
{
    cd_span h = cd_arena_copy(page->arena, href), b = cd_arena_copy(page->arena, base); /* NUL-ended */
    if (!h.ptr || !b.ptr) return cd_fail_memory(err);
    xmlChar *plain = xmlURIEscapeStr((const xmlChar *)h.ptr, (const xmlChar *)":/?#[]@!$&'()*+,;=%"); /* blanks and letters that none may have */
    xmlChar *joined = plain ? xmlBuildURI(plain, (const xmlChar *)b.ptr) : NULL;
    xmlFree(plain);
    *out = joined ? cd_arena_copy(page->arena, span_of(joined)) : h;
    xmlFree(joined);
    return out->ptr ? CD_OK : cd_fail_memory(err);
}

cd_status cd_page_link(const cd_page *page, cd_span href, cd_span *out, cd_error *err)
{
    cd_span base = page->url;
    if (page->base.len && page->url.len) CD_TRY(join(page, page->base, page->url, &base, err));
    else if (page->base.len) base = page->base;
    *out = href;
    return base.len ? join(page, href, base, out, err) : CD_OK;
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
    cd_status   st = cd_embedded_story(page->text, to->prose, &story);
    if (st == CD_OK && story.len) st = cd_html_strip(cd_buf_span(&story), cd_meta_wants_script, page->wants_links, &more);
    if (st == CD_OK && more.markup.len) st = cd_buf_add(&to->markup, cd_buf_span(&more.markup));
    cd_stripped_free(&more);
    cd_buf_free(&story);
    return st;
}

cd_status cd_page_parse(cd_page *page, cd_error *err)
{
    cd_stripped stripped = {0};
    reader      r = {.page = page, .stripped = &stripped, .err = err};
    cd_status   st = cd_html_strip(page->text, cd_meta_wants_script, page->wants_links, &stripped) == CD_OK ? CD_OK : cd_fail_memory(err);
    if (st == CD_OK) st = add_embedded(page, &stripped) == CD_OK ? CD_OK : cd_fail_memory(err);
    if (st == CD_OK) st = cd_builder_new(page, &r.builder, err);
    if (st == CD_OK && stripped.markup.len) st = parse(&r);
    cd_builder_free(r.builder);
    cd_stripped_free(&stripped);
    return st;
}
