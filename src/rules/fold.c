/* fold.c -- code point -> the one that stands for its family, for needles and the texts that they are looked for in. Joins all
 * that PCRE2 may take for each other without case (Unicode's simple folding), all blanks to ' ' and all digits to '0', so
 * that \s and \d are literals too. Joining too much costs a try of a rule, joining too little would lose a match:
 * tests/unit/test_rules.c asks PCRE2 itself about every letter. */
#include "rules/needle.h"

cd_rune cd_needle_next_folded(cd_rune rune)
{
    /* Blocks of 128 code points in which some letter has another case, or blanks or digits are. */
    static const struct {
        uint16_t from, to;
    } blocks[] = {
        {0x0, 0x4}, {0x6, 0xA}, {0xC, 0xD}, {0xF, 0xF}, {0x12, 0x1E}, {0x20, 0x21}, {0x27, 0x27}, {0x2D, 0x2D}, {0x2F, 0x30},
        {0x32, 0x33}, {0x35, 0x39}, {0x3C, 0x40}, {0x42, 0x43}, {0x49, 0x49}, {0x58, 0x59}, {0x60, 0x60}, {0x14C, 0x14F},
        {0x151, 0x154}, {0x157, 0x157}, {0x1F6, 0x1F6}, {0x1FE, 0x1FE}, {0x208, 0x20B}, {0x219, 0x21A}, {0x220, 0x223},
        {0x225, 0x225}, {0x228, 0x229}, {0x22C, 0x22E}, {0x231, 0x232}, {0x238, 0x238}, {0x23A, 0x23B}, {0x23E, 0x23E},
        {0x2D4, 0x2D6}, {0x2DC, 0x2DC}, {0x3AF, 0x3AF}, {0x3C2, 0x3C2}, {0x3C5, 0x3C5}, {0x3C9, 0x3C9}, {0x3D2, 0x3D2},
        {0x3F7, 0x3F7},
    };
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        if (rune >> 7 <= blocks[i].to) return rune >> 7 >= blocks[i].from ? rune : (cd_rune)blocks[i].from << 7;
    return CD_RUNE_END;
}

cd_rune cd_needle_fold(cd_rune rune)
{
    /* Where Unicode's simple folding is not the small letter, and blanks. In order of the code points. */
    static const struct {
        uint16_t from, to;
    } odd[] = {
        {0x0085, ' '}, {0x00A0, ' '}, {0x00B5, 0x03BC}, {0x0345, 0x03B9}, {0x03D0, 0x03B2}, {0x03D1, 0x03B8},
        {0x03D5, 0x03C6}, {0x03D6, 0x03C0}, {0x03F0, 0x03BA}, {0x03F1, 0x03C1}, {0x03F5, 0x03B5}, {0x1680, ' '},
        {0x180E, ' '}, {0x1C80, 0x0432}, {0x1C81, 0x0434}, {0x1C82, 0x043E}, {0x1C83, 0x0441}, {0x1C84, 0x0442},
        {0x1C85, 0x0442}, {0x1C86, 0x044A}, {0x1C87, 0x0463}, {0x1C88, 0xA64B}, {0x1E9B, 0x1E61}, {0x1FBE, 0x03B9},
        {0x1FD3, 0x0390}, {0x1FE3, 0x03B0}, {0x2028, ' '}, {0x2029, ' '}, {0x202F, ' '}, {0x205F, ' '},
        {0x3000, ' '}, {0xFB05, 0xFB06},
    };
    if (rune < 0x80) return rune >= 'A' && rune <= 'Z' ? rune + 32 : cd_is_blank((char)rune) ? ' ' : cd_is_digit(rune) ? '0' : rune;
    if (cd_is_digit(rune)) return '0';
    if (rune >= 0x2000 && rune <= 0x200A) return ' ';
    if (rune > 0xFFFF) return cd_fold(rune);
    size_t low = 0, high = sizeof odd / sizeof odd[0];
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (odd[mid].from < rune) low = mid + 1;
        else high = mid;
    }
    return low < sizeof odd / sizeof odd[0] && odd[low].from == rune ? odd[low].to : cd_fold(rune);
}
