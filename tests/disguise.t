#!/usr/bin/env python3
"""disguise.t -- a page in another encoding, with other line ends, blanks or wrapping gives the same record, in TAP.

Run from the top of the repository; $COPYDESK is the command. Every page of PAGES is read as UTF-8 with LF, and then again in each
disguise; all keys of the record but `input` must be the same.
"""
import difflib
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import textwrap
import unicodedata

COPYDESK = shlex.split(os.environ.get("COPYDESK", "build/copydesk"))
PAGES = """agency-dateline also-read-inline author-box-below cookie-banner-first correction-note french gallery-captions german
interview japanese paywall-pitch relative-date several-authors spanish story-about-cookies updated-only""".split()
WIDTH = 72
FULL = 48  # a line as long as this may be a wrapped one: without a blank line behind it, it is open whether the next goes on
KNOWN = {"correction-note": "a wrapped line that begins with '72. ' is read as a list item"}
CUT, ALIKE = "cut at links", 0.94  # of the words of a page that was cut so many are those of the page, in their order
HEADERS = b"HTTP/1.1 200 OK\r\nDate: Fri, 10 Apr 2026 12:44:01 GMT\r\nContent-Type: text/plain; charset=windows-1252\r\nContent-Length: 5311\r\n\r\n"
HEADLINES = {}  # of pages with their paragraphs apart
count = 0
failures = 0


def ok(good, name, notes=(), todo=None):
    global count, failures
    count += 1
    failures += not good and not todo
    print("%sok %d - %s%s" % ("" if good else "not ", count, name, " # TODO " + todo if todo and not good else ""))
    if not good:
        for note in notes:
            print("# " + note)


def double_blanks(text):
    return "".join(line + "\n" if line else "\n\n" for line in text.split("\n")[:-1])


def apart(text):
    """The page with a blank line on both sides of each line that will be wrapped, so that wrapping loses no break."""
    out = []
    for line in text.split("\n"):
        if out and out[-1] and line and (len(line) >= FULL or len(out[-1]) >= FULL):
            out.append("")
        out.append(line)
    return "\n".join(out)


def loose(text):
    """The page with a blank line between all its lines."""
    return "\n\n".join(line for line in text.split("\n") if line.strip()) + "\n"


def tight(text):
    """The page without blank lines."""
    return "\n".join(line for line in text.split("\n") if line.strip()) + "\n"


def wrapped(text):
    """The page hard-wrapped, or None where a long line has no blank line on both sides."""
    if apart(text) != text:
        return None
    lines = []
    for line in text.split("\n"):
        bullet = re.match(r"\s*(?:[*•+-]\s+)?", line)
        lines.append(textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False, subsequent_indent=" " * bullet.end()))
    return "\n".join(lines)


def letters(text):
    """A page in a script without spaces, with every line cut at so many letters; None for other pages."""
    if not re.search("[\u3040-\u30ff]", text) or apart(text) != text:
        return None
    return "\n".join("\n".join(line[i:i + WIDTH] for i in range(0, max(1, len(line)), WIDTH)) for line in text.split("\n"))


def windows_1252(text):
    try:
        return text.encode("cp1252")
    except UnicodeEncodeError:
        return None


def doubled(text):
    """The page with every line end twice, as a program makes it that takes CR and LF for two; None where blank lines tell nothing apart."""
    return None if text is None or "\n\n" not in text.strip() else text.replace("\n", "\n\n")


def references(text):
    """The page as a program writes it that forgot to read the character references."""
    return text.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&quot;").replace("\u2019", "&rsquo;").replace("\u00fc", "&#xFC;")


def markdown(text):
    """The page as Markdown: its headline a heading, a link, an emphasis and a picture in every longer line, all else escaped."""
    headline, out = HEADLINES.get(text), []
    for line in text.split("\n"):
        bullet = re.match(r"\s*(?:[*\u2022+-]\s+)?", line).group()
        words = [re.sub(r"([\\\\`*_\[\]])", r"\\\1", word) for word in line[len(bullet):].split(" ")]
        if line.strip() == headline:
            words.insert(0, "#")
        elif len(words) > 12:
            words[2] = "[%s](https://news.example/a-story_(of_its_own)?x=1&y=2#%d \"as it was\")" % (words[2], len(out))
            words[5:8] = ["**%s" % words[5], words[6], "_%s_**" % words[7]]
            words.insert(10, "![a *picture*](/static/picture_1.png)")
        out.append(bullet + " ".join(words))
    return "\n".join(out)


def numbered(text, listed=True):
    """The page as lynx -dump writes it: a number in front of each short line and of a word of each longer one, wrapped, the addresses at its end."""
    lines, n = [], 0
    for line in loose(text).split("\n"):
        bullet = re.match(r"\s*(?:[*\u2022+-]\s+)?", line).group()
        words = line[len(bullet):].split(" ")
        if words != [""]:
            n += 1
            words[3 if len(words) > 12 else 0] = "[%d]%s" % (n, words[3 if len(words) > 12 else 0])
        lines.append(textwrap.fill(bullet + " ".join(words), WIDTH, break_long_words=False, break_on_hyphens=False, subsequent_indent=" " * len(bullet)))
    addresses = ["%4d. https://news.example/page?of=%d" % (i, i) for i in range(1, n + 1)]
    return "\n".join("   " + line if line else "" for line in "\n".join(lines).split("\n")) + ("\n\nReferences\n\n" + "\n".join(addresses) + "\n" if listed else "\n")


def quoted(text):
    """The page as a mail program quotes it."""
    return "".join("> " + line + "\n" if line else ">\n" for line in text.split("\n")[:-1])


def cut(text):
    """The page cut before and behind a word of every longer line, as at a link, and at the comma behind it."""
    out = []
    for line in text.split("\n"):
        found = re.match(r"(.{40,}?[a-z]) (\w+)(, [a-z].*[.!?\u201d\"])$", line)
        out += found.groups() if found else [line]
    return "\n".join(out) if len(out) > text.count("\n") + 6 else None


def alike(a, b):
    return difflib.SequenceMatcher(None, (a or "").split(), (b or "").split(), autojunk=False).ratio() >= ALIKE


def utf8(text):
    return None if text is None else text.encode("utf-8")


# name, what makes the bytes (None: not for this page), options of copydesk, what the page is before
DISGUISES = [
    ("UTF-8 with BOM", lambda t: b"\xef\xbb\xbf" + utf8(t), [], None),
    ("UTF-16LE with BOM", lambda t: b"\xff\xfe" + t.encode("utf-16-le"), [], None),
    ("UTF-16BE with BOM", lambda t: b"\xfe\xff" + t.encode("utf-16-be"), [], None),
    ("windows-1252", windows_1252, ["--encoding", "windows-1252"], None),
    ("windows-1252 behind a server's headers", lambda t: windows_1252(t) and HEADERS + windows_1252(t), [], None),
    ("NFD", lambda t: utf8(unicodedata.normalize("NFD", t)), [], None),
    ("CRLF", lambda t: utf8(t.replace("\n", "\r\n")), [], None),
    ("CR", lambda t: utf8(t.replace("\n", "\r")), [], None),
    ("U+2028", lambda t: utf8(t.replace("\n", "\u2028")), [], None),
    ("trailing blanks", lambda t: utf8(t.replace("\n", "  \t\n")), [], None),
    ("doubled blank lines", lambda t: utf8(double_blanks(t)), [], None),
    ("no-break spaces", lambda t: utf8(t.replace(" ", "\u00a0")), [], None),
    ("soft hyphens", lambda t: utf8(t.replace("tion", "t\u00adion")), [], None),
    ("wrapped at %d" % WIDTH, lambda t: utf8(wrapped(t)), [], None),
    ("wrapped at %d, paragraphs apart" % WIDTH, lambda t: utf8(wrapped(t)), [], apart),
    ("wrapped at %d, blank lines between all" % WIDTH, lambda t: utf8(wrapped(t)), [], loose),
    ("wrapped at %d letters" % WIDTH, lambda t: utf8(letters(t)), [], apart),
    ("character references", lambda t: utf8(references(t)), [], None),
    ("Markdown", lambda t: utf8(markdown(t)), [], apart),
    (CUT, lambda t: utf8(cut(t)), [], tight),
    ("links numbered and listed", lambda t: utf8(numbered(t)), [], loose),
    ("links numbered", lambda t: utf8(numbered(t, False)), [], loose),
    ("quoted", lambda t: utf8(quoted(t)), [], None),
    ("quoted and wrapped at %d" % WIDTH, lambda t: utf8(wrapped(t) and quoted(wrapped(t))), [], loose),
    ("a string of JSON", lambda t: utf8(json.dumps(t)), [], None),
    ("a string of Python", lambda t: utf8(repr(t)), [], None),
    ("bytes of Python", lambda t: utf8(repr(t.encode())), [], None),
    ("line ends as two letters", lambda t: utf8(t.replace("\n", "\\r\\n")), [], None),
    ("lines numbered", lambda t: utf8("".join("%6d\t%s\n" % (i, line) for i, line in enumerate(t.split("\n")[:-1], 1))), [], None),
    ("lines numbered by grep", lambda t: utf8("".join("%d:%s\n" % (i, line) for i, line in enumerate(t.split("\n")[:-1], 1))), [], None),
    ("line ends doubled", lambda t: utf8(doubled(t)), [], None),
    ("wrapped at %d, line ends doubled" % WIDTH, lambda t: utf8(doubled(wrapped(t))), [], apart),
]


def records(pages, options, folder):
    """The records of byte strings, in one run."""
    paths = []
    for i, page in enumerate(pages):
        paths.append(os.path.join(folder, "page%03d.txt" % i))
        with open(paths[-1], "wb") as file:
            file.write(page)
    done = subprocess.run(COPYDESK + options + paths, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if len(lines) != len(pages) or done.returncode not in (0, 1):
        sys.exit("Bail out! %d records for %d pages, exit status %d: %s"
                 % (len(lines), len(pages), done.returncode, done.stderr.decode("utf-8", "replace")))
    return [dict(json.loads(line), input=None) for line in lines]


def main():
    texts = {}
    for name in PAGES:
        with open("data/samples/%s.txt" % name, encoding="utf-8") as file:
            texts[name] = unicodedata.normalize("NFC", file.read())
    with tempfile.TemporaryDirectory() as folder:
        HEADLINES.update(zip(map(apart, texts.values()), (one["headline"] for one in records([apart(text).encode() for text in texts.values()], [], folder))))
        for disguise, make, options, before in DISGUISES:
            plain = {name: before(text) if before else text for name, text in texts.items()}
            made = {name: make(text) for name, text in plain.items()}
            names = [name for name in PAGES if made[name] is not None and made[name] != plain[name].encode("utf-8")]
            if not names:
                continue
            expected = records([plain[name].encode("utf-8") for name in names], [], folder)
            got = records([made[name] for name in names], options, folder)
            for name, x, y in zip(names, expected, got):
                # menus may be joined otherwise where all is wrapped: then blocks that are left out anyway are counted otherwise
                wraps = disguise.startswith(("wrapped", "links", "quoted and"))
                differ = [key for key in x if x[key] != y.get(key) and not (wraps and key == "removed")]
                if disguise == CUT and alike(x["body"], y["body"]):  # where a paragraph begins is told by its last line alone
                    differ = [key for key in differ if key not in ("body", "words", "confidence", "removed", "notes", "captions")]
                ok(not differ, "%s: %s" % (name, disguise),
                   ["%s: plain %.300r, disguised %.300r" % (key, x[key], y.get(key)) for key in differ],
                   KNOWN.get(name) if wraps else None)
    print("1..%d" % count)
    return 1 if failures else 0


sys.exit(main())
