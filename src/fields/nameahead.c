/* nameahead.c -- what stands behind a word of a byline, as far as it says what the word is. In: a word, and the rest of its line. Out: yes or
 * no. "Column" is a label where a by-word follows, "de" is a by-word in front of a given name. */
#include "fields/nameahead.h"

static cd_name_token next(cd_name_ahead *a) { return cd_name_token_take(a->tables, &a->rest); }

bool cd_ahead_role(cd_name_ahead a)
{
    for (cd_name_token t = next(&a); t.kind == CD_TOKEN_WORD && !(t.bits & CD_NAME_AND && !t.upper); t = next(&a))
        if (t.bits & (CD_NAME_ROLE | CD_NAME_POST | CD_NAME_OUTLET | CD_NAME_AGENCY)) return true;
    return false;
}

bool cd_ahead_label(cd_name_ahead a)
{
    cd_name_token t = next(&a);
    while (t.kind == CD_TOKEN_WORD && t.bits & (CD_NAME_GENRE | CD_NAME_AND)) t = next(&a);
    return t.kind == CD_TOKEN_WORD ? (t.bits & CD_NAME_BY) != 0 : t.kind == CD_TOKEN_OTHER && *t.text.ptr == ':';
}

bool cd_ahead_reporter(cd_name_ahead a, const cd_name_token *role)
{
    cd_name_token t = next(&a);
    if (t.kind != CD_TOKEN_WORD || !t.cjk || t.bits & (CD_NAME_ROLE | CD_NAME_NOT | CD_NAME_CHECK)) return false;
    return role->bits & CD_NAME_BY || t.text.ptr == role->text.ptr + role->text.len;
}

bool cd_ahead_small(cd_name_ahead a)
{
    cd_name_token t = next(&a);
    return t.kind == CD_TOKEN_WORD && !t.upper && !t.caseless && !(t.bits & (CD_NAME_BY | CD_NAME_AND));
}

bool cd_ahead_given(cd_name_ahead a)
{
    cd_name_token t = next(&a);
    while (t.kind == CD_TOKEN_WORD && t.bits & CD_NAME_ROLE && !(t.bits & CD_NAME_GIVEN)) t = next(&a);
    return t.kind == CD_TOKEN_WORD && t.upper && t.bits & CD_NAME_GIVEN;
}

bool cd_ahead_genre(cd_name_ahead a) { return next(&a).bits & CD_NAME_GENRE && cd_ahead_label(a); }

bool cd_ahead_by(cd_name_ahead a, const cd_name_token *t)
{
    if (t->bits & CD_NAME_GIVEN) return false;
    if (t->bits & CD_NAME_BY) return true;
    if (t->bits & CD_NAME_GENRE) return cd_ahead_label(a);
    if (t->bits & CD_NAME_PREP && t->text.len == 1) return cd_ahead_genre(a);
    if (t->bits & CD_NAME_PART && !t->upper) return cd_ahead_given(a);
    if (!(t->bits & CD_NAME_GENITIVE)) return false;
    const cd_name_token given = next(&a), family = next(&a);
    return given.kind == CD_TOKEN_WORD && given.upper && family.kind == CD_TOKEN_WORD && family.upper;
}

bool cd_ahead_between(cd_name_ahead a, const cd_name_token *t)
{
    return !t->upper && !t->caseless && (t->bits & CD_NAME_PART || cd_ahead_role(a)) && cd_ahead_given(a);
}
