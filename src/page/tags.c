/* tags.c -- the table of HTML's elements: the rendering section of the HTML standard, as far as it parts text. */
#include "page/tags.h"

/* X(name, kind, tag, margin), in the byte order of the names. */
#define ELEMENTS(X)                                                                                                    \
    X("a", INLINE, OTHER, 0) X("abbr", INLINE, OTHER, 0) X("acronym", INLINE, OTHER, 0) X("address", BLOCK, ADDRESS, 0)  \
    X("area", NOTHING, OTHER, 0) X("article", BLOCK, ARTICLE, 1) X("aside", BLOCK, ASIDE, 1) X("b", INLINE, OTHER, 0)    \
    X("base", NOTHING, OTHER, 0) X("bdi", INLINE, OTHER, 0) X("bdo", INLINE, OTHER, 0) X("big", INLINE, OTHER, 0)        \
    X("blockquote", BLOCK, BLOCKQUOTE, 1) X("body", BLOCK, BODY, 1) X("br", BREAK, OTHER, 0)                            \
    X("button", BLOCK, BUTTON, 0) X("caption", BLOCK, TABLE_CAPTION, 0) X("center", BLOCK, CENTER, 0)                   \
    X("cite", INLINE, OTHER, 0) X("code", INLINE, OTHER, 0) X("col", NOTHING, OTHER, 0)                                 \
    X("colgroup", NOTHING, OTHER, 0) X("data", INLINE, OTHER, 0) X("dd", BLOCK, DD, 0) X("del", INLINE, OTHER, 0)        \
    X("details", BLOCK, DETAILS, 0) X("dfn", INLINE, OTHER, 0) X("dialog", BLOCK, DIALOG, 1) X("dir", BLOCK, UL, 1)      \
    X("div", BLOCK, DIV, 0) X("dl", BLOCK, DL, 1) X("dt", BLOCK, DT, 0) X("em", INLINE, OTHER, 0)                       \
    X("embed", NOTHING, OTHER, 0) X("fieldset", BLOCK, FIELDSET, 0) X("figcaption", BLOCK, FIGCAPTION, 0)               \
    X("figure", BLOCK, FIGURE, 1) X("font", INLINE, OTHER, 0) X("footer", BLOCK, FOOTER, 1) X("form", BLOCK, FORM, 0)    \
    X("frame", NOTHING, OTHER, 0) X("frameset", NOTHING, OTHER, 0) X("g-emoji", INLINE, OTHER, 0)                       \
    X("h1", BLOCK, H1, 1) X("h2", BLOCK, H2, 1) X("h3", BLOCK, H3, 1) X("h4", BLOCK, H4, 1) X("h5", BLOCK, H5, 1)        \
    X("h6", BLOCK, H6, 1) X("head", NOTHING, OTHER, 0) X("header", BLOCK, HEADER, 1) X("hgroup", BLOCK, HGROUP, 0)       \
    X("hr", RULE, OTHER, 1) X("html", NOTHING, OTHER, 0) X("i", INLINE, OTHER, 0) X("img", IMAGE, OTHER, 0)             \
    X("ins", INLINE, OTHER, 0) X("kbd", INLINE, OTHER, 0) X("label", INLINE, OTHER, 0) X("legend", BLOCK, LEGEND, 0)     \
    X("li", BLOCK, LI, 0) X("link", LINK, OTHER, 0) X("main", BLOCK, MAIN, 1) X("map", INLINE, OTHER, 0)                \
    X("mark", INLINE, OTHER, 0) X("menu", BLOCK, MENU, 1) X("meta", META, OTHER, 0) X("nav", BLOCK, NAV, 1)             \
    X("nobr", INLINE, OTHER, 0) X("noscript", BLOCK, NOSCRIPT, 0) X("object", BLOCK, OBJECT, 0) X("ol", BLOCK, OL, 1)    \
    X("optgroup", SILENT, OTHER, 0) X("option", SILENT, OTHER, 0) X("p", BLOCK, P, 1) X("param", NOTHING, OTHER, 0)      \
    X("picture", INLINE, OTHER, 0) X("pre", BLOCK, PRE, 1) X("q", INLINE, OTHER, 0) X("rp", SILENT, OTHER, 0)           \
    X("rt", SILENT, OTHER, 0) X("ruby", INLINE, OTHER, 0) X("s", INLINE, OTHER, 0) X("samp", INLINE, OTHER, 0)           \
    X("script", SCRIPT, OTHER, 0) X("section", BLOCK, SECTION, 1) X("small", INLINE, OTHER, 0)                          \
    X("span", INLINE, OTHER, 0) X("strike", INLINE, OTHER, 0) X("strong", INLINE, OTHER, 0) X("sub", INLINE, OTHER, 0)   \
    X("summary", BLOCK, SUMMARY, 0) X("sup", INLINE, OTHER, 0) X("table", BLOCK, TABLE, 1)                              \
    X("tbody", BLOCK, TBODY, 0) X("td", CELL, TD, 0) X("tfoot", BLOCK, TBODY, 0) X("th", CELL, TH, 0)                   \
    X("thead", BLOCK, TBODY, 0) X("time", INLINE, OTHER, 0) X("title", TITLE, OTHER, 0) X("tr", BLOCK, TR, 0)            \
    X("track", NOTHING, OTHER, 0) X("tt", INLINE, OTHER, 0) X("u", INLINE, OTHER, 0) X("ul", BLOCK, UL, 1)              \
    X("var", INLINE, OTHER, 0) X("wbr", NOTHING, OTHER, 0)

static const cd_tag_info elements[] = {
#define X(name, kind, tag, margin) {CD_SPAN(name), CD_TAG_##kind, CD_TAG_##tag, margin},
    ELEMENTS(X)
#undef X
};

static const char *const tag_names[] = {
#define X(name, text) text,
    CD_TAGS(X)
#undef X
};

_Static_assert(CD_TAG_COUNT <= 64, "a set of tags is 64 bits");

const char *cd_tag_name(cd_tag tag) { return tag_names[tag]; }

cd_tag_index cd_tag_index_make(void)
{
    cd_tag_index index = {{0}};
    unsigned     n = sizeof elements / sizeof *elements, at = 0;
    for (unsigned letter = 0; letter < 27; letter++) {
        while (at < n && (unsigned char)elements[at].name.ptr[0] < 'a' + letter) at++;
        index.from[letter] = (uint8_t)at;
    }
    return index;
}

const cd_tag_info *cd_tag_find(const cd_tag_index *index, cd_span name)
{
    static const cd_tag_info custom = {.name = CD_SPAN("*"), .kind = CD_TAG_BLOCK}, strange = {.name = CD_SPAN("*"), .kind = CD_TAG_INLINE};
    unsigned letter = name.len ? (unsigned char)name.ptr[0] - 'a' : 26;
    for (unsigned i = letter < 26 ? index->from[letter] : 0, to = letter < 26 ? index->from[letter + 1] : 0; i < to; i++)
        if (name.ptr[name.len - 1] == elements[i].name.ptr[elements[i].name.len - 1] && cd_span_is(name, elements[i].name)) return &elements[i];
    return name.len && memchr(name.ptr, '-', name.len) ? &custom : &strange;
}
