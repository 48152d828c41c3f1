#!/usr/bin/env python3
"""explain.t -- `copydesk explain` in its three forms, in TAP.

    tests/explain.t              every test, over data/samples/
    tests/explain.t --accept     rewrites tests/golden-explain/; `git diff` is the review
    tests/explain.t DIR...       only: kept + removed = input, for every *.txt and *.html below DIR

Run from the top of the repository; $COPYDESK is the command.
"""
import collections
import fcntl
import glob
import html
import html.parser
import json
import os
import pty
import re
import shlex
import struct
import subprocess
import sys
import tempfile
import termios
import unicodedata

COPYDESK = shlex.split(os.environ.get("COPYDESK", "build/copydesk"))
GOLDEN = "tests/golden-explain"
TEXT_SAMPLES, HTML_SAMPLES = (sorted(glob.glob("data/samples/*." + kind)) for kind in ("txt", "html"))
SAMPLES = TEXT_SAMPLES + HTML_SAMPLES
TEXTS = "agency-dateline also-read-inline comments-below consent-wall hard-wrapped-lynx".split()
ENCODINGS = {"windows-1251-russian": "cp1251", "windows-1252-crlf": "cp1252", "utf-16": "utf-16"}
HOSTILE = """Evil News

Home

</style></title><script>alert(1)</script> The bridge opens "again" & <b>'again'</b>

By Ann Lee
11 Feb 2026

The bridge </li></ol></style><script>alert(2)</script> was opened by the mayor on Tuesday, after two years of work, the city said. <img src=x onerror=alert(3)>

The bridge was closed by the city two years ago, when a lorry hit one of its arches, and the mayor said that it would be open again.

Related

"><svg onload=alert(4)> &amp; &lt;b&gt; ' onmouseover='alert(5)
"""
count = failures = 0


def ok(good, name, notes=()):
    global count, failures
    count += 1
    failures += not good
    print("%sok %d - %s" % ("" if good else "not ", count, name))
    for note in list(notes)[:int(os.environ.get("NOTES", "12"))] if not good else ():
        print("# " + str(note))


def run(*arguments, **more):
    return subprocess.run(COPYDESK + list(arguments), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)


def explained(paths):
    """The JSON objects of `explain --json` for these pages, in order."""
    found = []
    for at in range(0, len(paths), 200):
        done = run("explain", "--json", *paths[at:at + 200])
        found += [json.loads(line) for line in done.stdout.decode().splitlines()]
    return found


def name_of(path):
    return os.path.splitext(os.path.basename(path))[0]


def place_of(block):
    """Where a block stands: its lines, or the path to its element."""
    return "%d-%d" % tuple(block["lines"]) if block["lines"] else block["path"]


# ---- kept + removed = input -------------------------------------------------------------------------------------------

def words_of(text):
    """All letters, digits and marks in order. Blanks are left out, since lines are joined; signs, since a bullet alone is no block."""
    return "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c)[0] in "LNM" and not 0xFE00 <= ord(c) <= 0xFE0F)


# Elements of HTML whose words are no text of the page, and those without an end.
NO_TEXT = set("script style svg math template select datalist textarea iframe noembed noframes audio video canvas rp rt".split())
NO_END = set("area base br col embed hr img input link meta param source track wbr path frame".split())
INLINE = set("a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label map mark nobr picture q ruby s samp small span strike"
             " strong sub sup time tt u var g-emoji".split())
BLOCKS = set("address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2"
             " h3 h4 h5 h6 header hgroup html legend li main menu nav noscript object ol p pre section summary table tbody td tfoot th thead tr"
             " ul".split())
BREAKS_OUT = set("blockquote body center dd div dl dt h1 h2 h3 h4 h5 h6 li menu ol p pre span strong table ul".split())  # of a drawing that has no end
# Comments end at "-->" and "--!>" alone or with the page, which this parser does not know; but in what is raw there are none.
RAW_OR_COMMENT = re.compile(r"(?is)(<(script|style|textarea|title|iframe|noembed|noframes|xmp)\b.*?</\2\b)|<!--(?:-?>|.*?(?:--!?>|\Z))")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
HIDING = {line.split("\t")[0] for line in open("data/tables/classwords.tsv", encoding="utf-8") if re.search(r"\t(.*,)?hidden(,|$)", line.strip())}


def names_hiding(names):
    """Whether a class or an id says that its element is not seen: the words of data/tables/classwords.tsv, up to three in a row."""
    words = [w.lower() for name in names.split() for w in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]
    return any("".join(words[i:i + n]) in HIDING for i in range(len(words)) for n in (1, 2, 3))


class Shown(html.parser.HTMLParser):
    """What a page of HTML says, read by another parser: texts in order, each with whether it may be left out. That are <noscript> and
    what stands hidden inside a line; hidden blocks count, and scripts, drawings and choices of forms are none of its words."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.texts = [], []  # open: tag, "shown", "muted", "maybe" or "silent"

    def handle_starttag(self, tag, attributes):
        if tag in NO_END:
            return
        given = {key: value or "" for key, value in attributes}
        while tag in BREAKS_OUT and self.open and self.open[-1][0] in ("svg", "math", "path", "g"):
            self.open.pop()
        around = self.open[-1][1] if self.open else "shown"
        inline = tag in INLINE or ("-" not in tag and tag not in BLOCKS)
        hides = ("hidden" in given or given.get("aria-hidden", "").lower() == "true" or HIDDEN.search(given.get("style", "")) or
                 names_hiding(" ".join(given.get(key, "") for key in ("class", "id", "role"))))
        if around == "silent" or tag in NO_TEXT or tag == "title":
            mode = "silent"
        elif around == "maybe" or tag == "noscript":
            mode = "maybe"
        else:
            mode = "muted" if inline and (hides or around == "muted") else "shown"
        self.open.append((tag, mode))

    def handle_startendtag(self, tag, attributes):
        if tag not in ("svg", "path"):  # in HTML "/>" ends nothing
            self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at][0] == tag:
                del self.open[at:]
                return

    def handle_data(self, data):
        mode = self.open[-1][1] if self.open else "shown"
        if mode != "silent":
            self.texts.append((words_of(data), mode != "shown"))


def differs(texts, told):
    """Where `told` leaves the texts, of which some may be missing: what was due and what stands there; None: nowhere."""
    ends, furthest = {0}, 0
    for text, may_miss in texts:
        furthest = max(ends)
        reached = {end + len(text) for end in ends if told.startswith(text, end)}
        if not reached and not may_miss:
            return "...%s, explained ...%s" % (ascii(text[:60]), ascii(told[max(0, furthest - 20):furthest + 40]))
        ends = reached | (ends if may_miss else set())
    return None if len(told) in ends else "nothing, explained ...%s" % ascii(told[max(ends):max(ends) + 60])


def losses(path, page):
    """What is wrong with the promise for one page; nothing: []."""
    markup = page["blocks"] and not page["blocks"][0]["lines"]
    with open(path, "rb") as file:
        text = file.read().decode((page["encoding"] or "utf-8").lower() if markup else ENCODINGS.get(name_of(path), "utf-8-sig"), "replace")
    wrong = []
    told = words_of("".join(part["text"] for block in page["blocks"] if "/embedded-story/" not in (block["path"] or "")  # that is out of scripts
                            for part in block["parts"]))
    shown = Shown()
    if markup:
        shown.feed(RAW_OR_COMMENT.sub(lambda m: m[1] or "", text))
        shown.close()
    found = differs(shown.texts if markup else [(words_of(html.unescape(text)), False)], told) if page["blocks"] or not path.endswith(".html") else None
    if found and not page["markdown"] and not page["undone"]:  # whose addresses, signs and numbers are no words
        wrong.append("%s: input %s" % (path, found))
    last = 0
    for block in page["blocks"]:
        if "".join(part["text"] for part in block["parts"]) != block["text"]:
            wrong.append("%s: block %d is not its parts" % (path, block["block"]))
        if markup:
            wrong += [] if block["lines"] is None and block["path"].startswith("/") else ["%s: block %d has no path" % (path, block["block"])]
            continue
        if block["lines"][0] <= last or block["lines"][1] < block["lines"][0]:
            wrong.append("%s: block %d has lines %s behind line %d" % (path, block["block"], block["lines"], last))
        last = block["lines"][1]
    return wrong


def check_promise(paths, what):
    wrong, blocks, kept, pages, bad = [], 0, 0, [], 0
    for at in range(0, len(paths), 200):
        few = explained(paths[at:at + 200])
        for path, page in zip(paths[at:at + 200], few):
            found = losses(path, page)
            wrong, bad = wrong + found, bad + bool(found)
            blocks += len(page["blocks"])
            kept += sum(block["kept"] for block in page["blocks"])
        pages += few if len(paths) < 200 else [None] * len(few)  # a corpus would fill the memory
    ok(not wrong and len(pages) == len(paths) and pages, "kept + removed = input, word for word: %d of %d pages of %s, %d blocks, %d kept" %
       (len(pages) - bad, len(pages), what, blocks, kept), wrong)
    return pages


def check_records(pages):
    """The record says the same as the blocks: its body is the kept parts, its `removed` counts the others."""
    records = [json.loads(line) for line in run(*SAMPLES).stdout.decode().splitlines()]
    wrong = []
    for record, page in zip(records, pages):
        body = " ".join(part["text"] for block in page["blocks"] if "body" in block["fields"] for part in block["parts"] if part["kept"])
        if words_of(body) != words_of(record["body"] or ""):
            wrong.append("%s: the body is not what the blocks keep" % record["input"])
        removed = collections.Counter(block["role"] for block in page["blocks"] if not block["kept"])
        for block in page["blocks"]:
            removed.update(hit["family"] for hit in block["hits"] if hit["action"] == "cut" and block["kept"])
        if dict(removed) != record["removed"]:
            wrong.append("%s: removed %s, blocks %s" % (record["input"], record["removed"], dict(removed)))
        for value in page["values"]:
            key, given = value["field"], record[value["what"] if value["what"] in record else value["field"]]
            given = str(given).lower() if key == "free_to_read" else given
            given = [c["text" if value["what"] == "caption" else "credit"] for c in given] if key == "captions" else given if isinstance(given, list) else [given]
            if value["text"] not in given:
                wrong.append("%s: %s is not in the record" % (record["input"], value))
            if value["block"] is not None and key not in page["blocks"][value["block"]]["fields"]:
                wrong.append("%s: block %d does not say that it went to %s" % (record["input"], value["block"], key))
        stated = {value["field"] for value in page["values"]} | ({"body"} if record["body"] else set())
        for key in "url headline standfirst date modified byline authors dateline source section free_to_read tags language image captions notes body".split():
            if (record[key] not in (None, [])) != (key in stated) and not (key == "date" and record["date_text"]):
                wrong.append("%s: %s" % (record["input"], key))
    ok(not wrong, "record and explanation agree: body, removed, every field and its block", wrong)


def check_deciders(pages):
    """Every removed block names what decided, and a rule that it names did match there."""
    wrong = []
    for page in pages:
        for block in page["blocks"]:
            where = "%s, block %d" % (page["input"], block["block"])
            hits = {hit["rule"]: hit for hit in block["hits"]}
            rule, by = block["rule"], block["decided_by"]
            if by in ("rule", "hint") and (rule not in hits or hits[rule]["family"] != block["role"]):
                wrong.append("%s: rule %s has no hit for %s" % (where, rule, block["role"]))
            if by == "rule" and hits.get(rule, {}).get("action") != "drop":
                wrong.append("%s: %s is no drop rule" % (where, rule))
            if by == "region":
                opener = page["blocks"][block["opened_by"]]
                if not any(hit["action"] == "open" and hit["family"] == block["role"] for hit in opener["hits"]):
                    wrong.append("%s: block %d opens no region of %s" % (where, block["opened_by"], block["role"]))
            if by == "model" and block["role"] != "headline":
                model = block["model"]
                if (model["score"] > 0) != (block["role"] == "body") or not (model["for"] or model["against"]):
                    wrong.append("%s: the model says %s" % (where, model))
            if not block["kept"] and by in ("field",):
                wrong.append("%s: a field does not remove" % where)
    ok(not wrong, "what decided did: each rule that is named has matched, each region was opened, each model's score is on its side", wrong)


def check_differs():
    """The promise's own measure: it finds what is missing, doubled or moved, and lets go only of what may be left out."""
    texts = [("one", False), ("hidden", True), ("two", False)]
    told = {"onetwo": None, "onehiddentwo": None, "one": 1, "twoone": 1, "onetwotwo": 1, "onehidtwo": 1, "onehidden": 1}
    ok(all((differs(texts, words) is None) == (want is None) for words, want in told.items()), "a word more or less is found")


def check_statements(pages):
    """What a page states about itself is told in all three forms, with where it states it."""
    wrong, origins = [], set()
    for page in pages:
        said = [(value["what"], value["stated"]) for value in page["values"] if value["stated"]]
        path = "data/samples/" + os.path.basename(page["input"])
        if not said:
            continue
        text, data = run("explain", path).stdout.decode(), run("explain", "--html", "-", path).stdout.decode()
        lines = re.findall(r"^  (\w+) .*  <- (\S+ \S+)$", re.sub(r"\n {15}", " ", text), re.M)
        if lines != [(what, "%s %s" % (stated["origin"], stated["key"])) for what, stated in said]:
            wrong.append("%s: as text %s" % (path, lines))
        shown = re.findall(r'<dt>(\w+)</dt><dd><span dir="auto">[^<]*</span> <span class="from">from (\S+) <code>([^<]*)</code>', data)
        if shown != [(what, stated["origin"], stated["key"]) for what, stated in said]:
            wrong.append("%s: as HTML %s" % (path, shown))
        origins |= {(what, stated["origin"]) for what, stated in said}
    want = {("date", "json-ld"), ("author", "json-ld"), ("free_to_read", "json-ld"), ("image", "open-graph"), ("source", "open-graph"),
            ("language", "html"), ("url", "link"), ("date", "itemprop"), ("date", "open-graph")}
    ok(not wrong and want <= origins, "statements: field, origin and key in text, JSON and HTML alike", wrong + sorted(want - origins))


# ---- goldens ----------------------------------------------------------------------------------------------------------

def decisions(pages):
    """A line for each block that is not kept: sample, lines, category, what decided, which rule."""
    lines = []
    for page in pages:
        for block in page["blocks"]:
            if not block["kept"]:
                lines.append("\t".join([name_of(page["input"]), place_of(block), block["role"], block["decided_by"], block["rule"] or "-"]))
            lines += ["\t".join([name_of(page["input"]), place_of(block), "cut", "rule", part["rule"]])
                      for part in block["parts"] if block["kept"] and not part["kept"]]
    return ("\n".join(lines) + "\n").encode()


def goldens(pages):
    made = {name + ".txt": run("explain", "data/samples/%s.txt" % name).stdout for name in TEXTS}
    made["html-graph-authors.txt"] = run("explain", "data/samples/html-graph-authors.html").stdout
    made["html-microdata-only.json"] = run("explain", "--json", "--pretty", "data/samples/html-microdata-only.html").stdout
    made["html-open-graph-only.html"] = run("explain", "--html", "-", "data/samples/html-open-graph-only.html").stdout
    made["agency-dateline.json"] = run("explain", "--json", "--pretty", "data/samples/agency-dateline.txt").stdout
    made["no-headline.html"] = run("explain", "--html", "-", "data/samples/no-headline.txt").stdout
    made["decisions.tsv"] = decisions(pages)
    return made


def check_goldens(pages):
    for name, made in sorted(goldens(pages).items()):
        path = os.path.join(GOLDEN, name)
        want = open(path, "rb").read() if os.path.exists(path) else b""
        differ = [b"- " + a + b"\n# + " + b for a, b in zip(want.split(b"\n"), made.split(b"\n")) if a != b]
        ok(made == want, "golden %s" % name, [d.decode("utf-8", "replace") for d in differ])


def accept():
    os.makedirs(GOLDEN, exist_ok=True)
    for name, made in goldens(explained(SAMPLES)).items():
        with open(os.path.join(GOLDEN, name), "wb") as file:
            file.write(made)


# ---- the schema -------------------------------------------------------------------------------------------------------

def breaches(schema, value, root, where):
    """What of `value` is not as the JSON Schema says, for the words of it that ours uses."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].split("/")[-1]]
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    fits = [t for t in types if (number and (t == "number" or (t == "integer" and value == int(value))))
            or (t in kinds and isinstance(value, kinds[t]))]
    found = [] if fits or not types else ["%s: %r is no %s" % (where, value, types)]
    found += ["%s: %r" % (where, value)] if "enum" in schema and value not in schema["enum"] else []
    found += ["%s: %r" % (where, value)] if "const" in schema and value != schema["const"] else []
    found += ["%s: under %s" % (where, schema["minimum"])] if number and value < schema.get("minimum", value) else []
    if isinstance(value, dict):
        known = schema.get("properties", {})
        found += ["%s: %s is missing" % (where, key) for key in schema.get("required", []) if key not in value]
        found += ["%s: %s is not described" % (where, key) for key in value if known and key not in known]
        found += ["%s: keys are not in the schema's order" % where] if known and [k for k in known if k in value] != list(value) else []
        for key in value:
            found += breaches(known.get(key, {}), value[key], root, "%s.%s" % (where, key))
    if isinstance(value, list):
        for i, item in enumerate(value):
            found += breaches(schema.get("items", {}), item, root, "%s[%d]" % (where, i))
    return found


def check_schema(pages, folder):
    schema = json.load(open("data/explain.schema.json"))
    for name, data in (("empty.txt", b""), ("binary.txt", bytes(range(256)) * 8)):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)
    more = [json.loads(run("explain", "--json", path).stdout) for path in
            (os.path.join(folder, "empty.txt"), os.path.join(folder, "binary.txt"), os.path.join(folder, "missing.txt"))]
    ok([page["status"] for page in more] == ["empty", "error", "error"] and not any(page["blocks"] for page in more), "pages without blocks", more)
    wrong = [breach for page in pages + more for breach in breaches(schema, page, schema, page["input"])]
    ok(not wrong, "--json is as data/explain.schema.json says", wrong)
    ok(schema["required"] == list(schema["properties"]), "the schema requires every key of a page")


# ---- HTML -------------------------------------------------------------------------------------------------------------

VOID = {"meta", "input"}
ALLOWED = set("html head meta title style body header main section h1 h2 h3 p strong b em q code a span div dl dt dd ul ol li details summary del"
              " input label aside nav".split())


class Reader(html.parser.HTMLParser):
    """Elements, ids and links of a page, and the text of its blocks."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.wrong, self.ids, self.links, self.blocks, self.levels = [], [], [], [], [], []
        self.in_text = 0

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag not in ALLOWED:
            self.wrong.append("<%s>" % tag)
        self.wrong += ["%s=%s" % (key, value) for key, value in attributes
                       if key.startswith("on") or key in ("src", "style") or (key == "href" and not value.startswith("#"))]
        self.ids += [given["id"]] if "id" in given else []
        self.links += [value[1:] for key, value in attributes if key == "href"]
        self.links += [value for key, value in attributes if key in ("aria-describedby", "aria-labelledby", "for")]
        self.levels += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag == "p" and given.get("class") == "text":
            self.in_text = len(self.open) + 1
            self.blocks.append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.wrong.append("</%s> in %s" % (tag, self.open[-3:]))
        else:
            if self.in_text == len(self.open):
                self.in_text = 0
            self.open.pop()

    def handle_data(self, data):
        if self.in_text:
            self.blocks[-1] += data


def read_html(data):
    reader = Reader()
    reader.feed(data.decode("utf-8"))
    reader.close()
    return reader


def check_html(pages, folder):
    out = os.path.join(folder, "all.html")
    done = run("explain", "--html", out, *SAMPLES)
    data = open(out, "rb").read()
    reader = read_html(data)
    ok(done.returncode == 1 and not done.stdout and not reader.wrong and not reader.open, "--html: one page, well-formed, of known elements",
       reader.wrong + reader.open)
    ok(reader.blocks == [block["text"] for page in pages for block in page["blocks"]], "--html: every block of every page, word for word")
    index = re.findall(r'<li><a href="#(p[0-9a-f]+)">([^<]*)</a>', data.decode())
    ok([name for _, name in index] == SAMPLES and all(b'<h2 id="%s">%s</h2>' % (at.encode(), name.encode()) in data for at, name in index),
       "--html: an index of all pages in front", index)
    ok(b'id="index"' not in run("explain", "--html", "-", SAMPLES[0]).stdout, "--html: of one page there is none")
    ok(len(set(reader.ids)) == len(reader.ids) and set(reader.links) <= set(reader.ids), "--html: ids are unique, links and labels lead somewhere",
       sorted(set(reader.links) - set(reader.ids)))
    ok(all(b - a <= 1 for a, b in zip(reader.levels, reader.levels[1:])) and reader.levels[0] == 1, "--html: headings in order")
    style = data[data.index(b"<style>"):data.index(b"</style>")]
    ok(not re.search(rb"@import|url\(|https?:", style) and b"<link" not in data and b"default-src 'none'" in data, "--html: fetches nothing")
    evil = os.path.join(folder, "e<i>vil&\x01.txt")
    with open(evil, "w") as file:
        file.write(HOSTILE)
    done = run("explain", "--html", "-", "--url", "https://example.com/<script>", evil)
    reader = read_html(done.stdout)
    lines = [html.unescape(line) for line in HOSTILE.split("\n") if line]
    ok(not reader.wrong and not reader.open and reader.blocks == lines, "--html: a page's own markup is text", reader.wrong + reader.blocks)
    ok(b"\x01" not in done.stdout, "--html: control characters of a file's name are not printed")


# ---- contrast ---------------------------------------------------------------------------------------------------------

def luminance(rgb):
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def color(text, values):
    text = re.sub(r"var\((--[a-z-]+)\)", lambda m: values[m.group(1)], text.strip())
    found = re.fullmatch(r"#([0-9a-f]{6})", text)
    if found:
        return [int(found.group(1)[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    h, s, l = (float(x) for x in re.fullmatch(r"hsl\(([\d.]+) ([\d.]+)% ([\d.]+)%\)", text).groups())
    a = s / 100 * min(l / 100, 1 - l / 100)
    return [l / 100 - a * max(-1, min((n + h / 30) % 12 - 3, 9 - (n + h / 30) % 12, 1)) for n in (0, 8, 4)]


def check_contrast(pages):
    css = open("data/explain.css").read()
    themes = [dict(re.findall(r"(--[a-z-]+): ([^;]+);", block)) for block in re.findall(r":root \{(.*?)\}", css, re.S)]
    hues = {name: dict(re.findall(r"(--[a-z-]+): ([^;]+);", body)) for name, body in re.findall(r"\.([a-z]+) \{ (--hue[^}]*)\}", css)}
    roles = json.load(open("data/explain.schema.json"))["$defs"]["role"]["enum"]
    removed = roles[roles.index("cookie"):]
    ok(sorted(hues) == sorted(removed), "explain.css: a tint for every category", sorted(set(hues) ^ set(removed)))
    low = []
    for number, theme in enumerate(themes):
        base = dict(themes[0], **theme)
        pairs = [("ink", "--ink", "--paper"), ("faint", "--faint", "--paper"), ("faint", "--faint", "--panel"), ("link", "--link", "--paper"),
                 ("link", "--link", "--panel"), ("ink", "--ink", "--panel")]
        shown = [(what, "var(%s)" % a, "var(%s)" % b, base) for what, a, b in pairs]
        for name in hues:
            values = dict(base, **hues[name])
            tint, tag = "hsl(var(--hue) var(--tint-s) var(--tint-l))", "hsl(var(--hue) var(--tag-s) var(--tag-l))"
            shown += [(name + " text", "var(--gone)", tint, values), (name + " tag", tag, tint, values), (name + " line", "var(--faint)", tint, values)]
        for what, front, back, values in shown:
            a, b = sorted((luminance(color(c, values)) for c in (front, back)), reverse=True)
            if (a + 0.05) / (b + 0.05) < 4.5:
                low.append("%s, theme %d: %.2f" % (what, number, (a + 0.05) / (b + 0.05)))
    ok(len(themes) == 2 and not low, "explain.css: contrast of 4.5 or more, light and dark (WCAG AA)", low)


# ---- text on a terminal -----------------------------------------------------------------------------------------------

def on_terminal(columns, arguments, **env):
    """What the program writes to a terminal of so many columns."""
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.pop("NO_COLOR", None)
        os.environ.update({"TERM": "xterm"}, **env)
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        os.execvp(COPYDESK[0], COPYDESK + arguments)
    data = b""
    try:
        while True:
            piece = os.read(fd, 65536)
            if not piece:
                break
            data += piece
    except OSError:
        pass
    os.waitpid(pid, 0)
    os.close(fd)
    return data.decode("utf-8").replace("\r\n", "\n")


def check_terminal():
    sample = "data/samples/agency-dateline.txt"
    plain = run("explain", sample).stdout.decode()
    for columns in (40, 70, 116):
        shown = on_terminal(columns, ["explain", sample])
        bare = re.sub(r"\x1b\[[0-9]*m", "", shown)
        wide = [line for line in bare.split("\n") if len(line) > columns]
        ok("\x1b[" in shown and not wide, "a terminal of %d columns: colours, and no line is wider" % columns, wide)
        ok(re.sub(r"\s+", "", bare) == re.sub(r"\s+", "", plain), "the same words at %d columns" % columns)
        open_end = [line for line in shown.split("\n") if "\x1b[" in line and not line.rpartition("\x1b[")[2].startswith("0m")]
        ok(not open_end, "no colour goes on behind a line's end, at %d columns" % columns, open_end)
    ok("\x1b[" not in on_terminal(90, ["explain", sample], NO_COLOR="1"), "NO_COLOR")
    ok("\x1b[" in on_terminal(90, ["explain", "--color", "always", sample], NO_COLOR="1"), "--color always wins over NO_COLOR")
    ok("\x1b[" not in on_terminal(90, ["explain", "--json", sample]), "--json has no colours")
    ok(run("explain", sample, env=dict(os.environ, COLUMNS="40")).stdout.decode() == plain, "a file is as wide as ever, whatever COLUMNS says")


# ---- the command line -------------------------------------------------------------------------------------------------

def check_usage(folder):
    sample = SAMPLES[0]
    for arguments, want in ((["--json", sample], b"option '--json' belongs to 'copydesk explain'"), (["--html", "x", sample], b"option '--html' belongs to"),
                            (["explain", "--json", "--html", "x", sample], b"two forms"), (["explain", "--html", "x", "-o", "y", sample], b"both name the output")):
        done = run(*arguments)
        ok(done.returncode == 2 and want in done.stderr and not done.stdout, " ".join(arguments), [done.stderr])
    with open("/dev/full", "wb") as full:
        done = subprocess.run(COPYDESK + ["explain", "--html", "-"] + SAMPLES, stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE)
    ok(done.returncode == 2 and b"copydesk: standard output: No space left on device" in done.stderr, "--html on a full disk: exit status 2", [done.stderr])
    out = os.path.join(folder, "kept.html")
    with open(out, "w") as file:
        file.write("old")
    done = run("explain", "--html", out, "--rules", os.path.join(folder, "no.rules"), sample)
    ok(done.returncode == 3 and open(out).read() == "old", "--html: a run that cannot begin leaves the old page", [done.stderr])
    for form in (["--json"], ["--html", "-"], []):
        one, many = run("explain", *form, *SAMPLES).stdout, run("explain", *form, "-j5", *SAMPLES).stdout
        ok(one == many and one, "explain %s: -j5 gives the same bytes" % " ".join(form))
    none = json.loads(run("explain", "--json", "--model", "none", sample).stdout)
    ok(all(block["model"] is None and block["decided_by"] != "model" for block in none["blocks"]) and not none["headline_candidates"],
       "--model none: nothing is put down to the model")
    rule = os.path.join(folder, "my.rules")
    with open(rule, "w") as file:
        file.write("rule promo.mine drop\n  why   a test\n  find  ^Engineers at the state railway\n  yes   Engineers at the state railway\n")
    page = json.loads(run("explain", "--json", "--rules", rule, "data/samples/agency-dateline.txt").stdout)
    block = next(block for block in page["blocks"] if block["text"].startswith("Engineers"))
    ok((block["role"], block["decided_by"], block["rule"], block["why"], block["kept"]) == ("promo", "rule", "promo.mine", "a test", False),
       "a rule of the user's is named", [block])


def main():
    if sys.argv[1:] == ["--accept"]:
        return accept()
    if sys.argv[1:]:
        paths = sorted(path for folder in sys.argv[1:] for kind in ("txt", "html") for path in glob.glob(os.path.join(folder, "**", "*." + kind), recursive=True))
        check_promise(paths, " ".join(sys.argv[1:]))
        return failures > 0
    with tempfile.TemporaryDirectory() as folder:
        pages = check_promise(TEXT_SAMPLES, "data/samples, text") + check_promise(HTML_SAMPLES, "data/samples, HTML")
        check_differs()
        check_records(pages)
        check_statements(pages)
        check_deciders(pages)
        check_goldens(pages)
        check_schema(pages, folder)
        check_html(pages, folder)
        check_contrast(pages)
        check_terminal()
        check_usage(folder)
    print("1..%d" % count)
    return failures > 0


sys.exit(main())
