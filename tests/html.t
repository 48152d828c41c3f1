#!/usr/bin/env python3
"""html.t -- what HTML pages promise, in TAP; run from the top of the repository. $COPYDESK is the command.

How markup becomes text (--text-of), what counts as HTML, encodings, limits, pages in disguise, and a small dose of tests/fuzz.
"""
import glob
import html
import html.entities
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import unicodedata

COPYDESK = shlex.split(os.environ.get("COPYDESK", "build/copydesk"))
SAMPLES = sorted(glob.glob("data/samples/*.html"))
count = failures = 0


def ok(good, name, *notes):
    global count, failures
    count += 1
    failures += not good
    print("%sok %d - %s" % ("" if good else "not ", count, name.replace("#", " ")))
    if not good:
        for note in notes:
            print("# " + str(note)[:3000].replace("\n", "\n# "))


def run(page, *options):
    page = page if isinstance(page, bytes) else page.encode()
    done = subprocess.run(COPYDESK + list(options) + ["-"], input=page, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.stdout.decode("utf-8", "replace"), done.returncode, done.stderr.decode("utf-8", "replace")


def record(page, *options):
    return json.loads(run(page, *options)[0])


# markup -> the lines that --text-of prints, without the blank ones
TEXTS = [
    # seams: never a glued word, never a word in two
    ("<p>one</p><p>two</p>", ["one", "two"]),
    ("<div>one</div>two<div>three</div>", ["one", "two", "three"]),
    ("<p>un<b>believ</b>able <i>and</i>so</p>", ["unbelievable andso"]),
    ("<p>a <b> b </b> c\n\n\td </p>", ["a b c d"]),
    ("<p><span>T</span>he end</p>", ["The end"]),
    ("<p>dis<wbr>agree di&shy;sa&#173;gree zero&#8203;width</p>", ["disagree disagree zerowidth"]),
    ("<p>5&nbsp;km&#160;&#xa0; away&nbsp;</p>", ["5 km away"]),
    ("<p>x<!-- <p>no</p> -->y</p>", ["xy"]),
    ("<p>one<script>var a = '<p>no</p>';</script>two</p>", ["onetwo"]),
    ("<nav><a href=/>Home</a><a href=/n>News</a></nav>", ["Home News"]),
    ("<p>(<a href=x>link</a>), and <a href=y>one</a>.</p>", ["(link), and one."]),
    ("<p>one<img src=x>two</p>", ["onetwo"]),
    ("<p>text <unknown>known</unknown>s</p>", ["text knowns"]),
    ("<my-card>one</my-card><my-card>two</my-card>", ["one", "two"]),
    ("<p>H<sub>2</sub>O and E=mc<sup>2</sup></p>", ["H2O and E=mc2"]),
    ("<p><ruby>\u6f22<rp>(</rp><rt>kan</rt><rp>)</rp>\u5b57<rt>ji</rt></ruby></p>", ["\u6f22\u5b57"]),
    ("<p>read<span class='sr-only'> (new window)</span> on</p>", ["read on"]),
    ("<p>read<span style='display: none'> nothing</span> on</p>", ["read on"]),
    ("<p>read<a style='display: inline-block; text-decoration: none'> on</a></p>", ["read on"]),
    ("<p>read<b style='color:red; DISPLAY : none !important'> nothing</b> on<i style='visibility:hidden'> none</i></p>", ["read on"]),
    ("<p>a<button>Copy</button>b</p>", ["a", "Copy", "b"]),
    ("<button><p>A story in a button.</p><p>More of it.</p></button>", ["A story in a button.", "More of it."]),
    # breaks
    ("<p>The first line<br>goes on here</p>", ["The first line goes on here"]),
    ("<p>A sentence.<br>Another one.</p>", ["A sentence.", "Another one."]),
    ("<p>a paragraph<br><br>another<br/>\n<br/>third</p>", ["a paragraph", "another", "third"]),
    ("<h1>Town Hall<br>To Close</h1>", ["Town Hall To Close"]),
    ("<p>above</p><hr>below", ["above", "below"]),
    ("<pre>one  1\ntwo  2\n\n<b>three</b></pre>", ["one 1", "two 2", "three"]),
    # lists and tables
    ("<ul><li>one<li>two<ul><li>inner</ul></ul>", ["\u2022 one", "\u2022 two", "\u2022 inner"]),
    ("<ol><li><p>one</p><p>still one</p></li></ol>", ["\u2022 one", "still one"]),
    ("<dl><dt>term<dd>meaning</dl>", ["term", "meaning"]),
    ("<table><caption>Scores</caption><tr><th>Name<th>Age<tr><td>Ann</td><td>23</td></table>", ["Scores", "Name Age", "Ann 23"]),
    ("<table><tr><td>menu<td>%s</table>" % ("long words " * 40), ["menu", ("long words " * 40).strip()]),
    ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></table>", ["a", "b", "c"]),
    ("<figure><img><figcaption>The bridge. <small>Photo: A</small></figcaption></figure>text", ["The bridge. Photo: A", "text"]),
    ("<blockquote>Said.<cite>Who</cite></blockquote>", ["Said.Who"]),
    # character references, once
    ("<p>&amp;amp; &lt;b&gt; &eacute;&#233;&#xE9; &notanentity; AT&T</p>", ["&amp; <b> \u00e9\u00e9\u00e9 ¬anentity; AT&T"]),
    ("<p>&#145;it&#146;s&#148; &#150; &#128;5</p>", ["\u2018it\u2019s\u201d \u2013 \u20ac5"]),
    ("<p>e&#x301;t&#233;</p>", ["\u00e9t\u00e9"]),
    ("<p>\u0645\u06cc&zwnj;\u062e\u0648\u0627\u0647\u0645</p>", ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"]),
    # what is not shown
    ("<script>if (a</b) { x = \"</p><p>leak\"; }</script><p>text</p>", ["text"]),
    ("<SCRIPT type=x><!-- <script> </script> leak? --></SCRIPT ><p>text</p>", ["text"]),
    ("<script>unclosed <p>text</p>", []),
    ("<style>p > a { } </style><p>text</p>", ["text"]),
    ("<svg><title>No</title><text>No</text><svg></svg></svg><p>text</p>", ["text"]),
    ("<svg><text>Never closed<p>text</p>", ["text"]),
    ("<template><p>No</p><template>No</template></template><p>text</p>", ["text"]),
    ("<iframe><p>No</p></iframe><textarea><p>No</textarea><select><option>No</select><p>text</p>", ["text"]),
    ("<title>No</title><p>text</p>", ["text"]),
    ("<title>No</title><title>Nor</title><body><title>Never</title><p>text</p>", ["text"]),
    ("<p>%s</p><noscript><p>%s</p></noscript>" % ("real words " * 30, "please enable scripts " * 8), [("real words " * 30).strip()]),
    ("<p>Loading</p><noscript><p>%s</p></noscript>" % ("real words " * 30), ["Loading", ("real words " * 30).strip()]),
    ("<div style='display:none'><p>behind the wall</p></div>", ["behind the wall"]),
    ("<span hidden><p>behind the wall</p></span>", ["behind the wall"]),
    # broken
    ("<p>one<p>two<div>three</p>four", ["one", "two", "three", "four"]),
    ("<p>a < b and c > d <3 <</p>", ["a < b and c > d <3 <"]),
    ("<p title='a > b'>one</p><p class=x\"y>two", ["one", "two"]),
    ("<P CLASS=A>one</P><DIV>two</DIV>", ["one", "two"]),
    ("<b><i>one</b>two</i><p>three", ["onetwo", "three"]),
    ("</p></div>one</body></html>two", ["one", "two"]),
    ("<p>one</p><p", ["one"]),
    ("<p>one</p><!-- open <p>two", ["one"]),
    ("<p>one<![CDATA[x]]>two<?php echo ?>three</p>", ["onetwothree"]),
    ("<![if IE]><p>one</p><![endif]><!--[if IE]><p>no</p><![endif]--><!--[if !IE]><!--><p>two</p><!--<![endif]-->", ["one", "two"]),
    ("<!--><p>one</p><!---><p>two</p>", ["one", "two"]),
    ("<p>one\x00two</p>", ["one\ufffdtwo"]),
    ("<html><body><body><html><p>one", ["one"]),
    ("<p>x</p>" * 3, ["x", "x", "x"]),
]


def texts():
    for markup, lines in TEXTS:
        out, status, err = run(markup, "--input-format", "html", "--text-of")
        got = [line for line in out.split("\n") if line]
        ok(got == lines, "text of " + ascii(markup)[:70], "got      %r" % got, "expected %r" % lines, err)


PROSE = "The council met on Tuesday to talk about the bridge, which has been shut since the flood of last spring. "
FORMATS = [
    ("html", "<!DOCTYPE html><p>" + PROSE),
    ("html", "\ufeff \n<!-- cache --><?xml version='1.0'?>\n<html><body>" + PROSE),
    ("html", "<div class=a><p>%s</p></div>" % PROSE),
    ("html", "<p>%s</p>" % PROSE),
    ("text", PROSE),
    ("text", "<p> is the tag for a paragraph, and <div> the one for a division. " + PROSE),
    ("text", "How to use <b>bold</b> and <p>paragraphs</p>\n\n" + PROSE),
    ("text", "<b>Bold</b> is no way to begin a page. " + PROSE),
    ("text", "< 5 per cent of voters </ 3 per cent " + PROSE),
    ("text", "<Ann Smith> hello there </b>\n" + PROSE),
    ("text", "Story: <!DOCTYPE html> turns thirty. <html> was first. " + PROSE),
]


def formats():
    for kind, page in FORMATS:
        out = run(page, "--text-of")[0]
        ok(("<" in out or "<" not in page) == (kind == "text"), "%s: %r" % (kind, page[:50]), out)
    with tempfile.TemporaryDirectory() as folder:
        for name, page, html in (("a.html", FORMATS[6][1], False), ("b.txt", FORMATS[0][1], True)):
            path = os.path.join(folder, name)
            with open(path, "w", encoding="utf-8") as file:
                file.write(page)
            out = subprocess.run(COPYDESK + ["--text-of", path], stdout=subprocess.PIPE).stdout.decode()
            ok(("<" in out) != html, "the name %s does not decide" % name, out)
    ok("<p>" in run(FORMATS[3][1], "--text-of", "--input-format", "text")[0], "--input-format text: tags are text")
    ok("<" not in run("Some words <p>and</p> more", "--text-of", "--input-format", "html")[0], "--input-format html: text is HTML")


def encodings():
    russian = "\u0421\u043e\u0432\u0435\u0442 \u0441\u043e\u0431\u0440\u0430\u043b\u0441\u044f"
    for name, head, codec, options in (
            ("meta charset", "<meta charset='windows-1251'>", "cp1251", ()),
            ("meta charset late in the head", "<html><head>" + "<link rel=x href=y>" * 200 + "<META CHARSET=koi8-r>", "koi8-r", ()),
            ("http-equiv", "<meta http-equiv=Content-Type content=\"text/html; charset=koi8-r\">", "koi8-r", ()),
            ("XML declaration", "<?xml version=\"1.0\" encoding=\"windows-1251\"?><html>", "cp1251", ()),
            ("UTF-8 in spite of its meta", "<meta charset=windows-1251>", "utf-8", ()),
            ("no legacy page is UTF-16 in spite of its meta", "<meta charset=utf-16>", "utf-8", ()),
            ("--encoding before meta", "<meta charset=koi8-r>", "cp1251", ("--encoding", "windows-1251")),
            ("a byte order mark before all", "<meta charset=koi8-r>", "utf-16", ("--encoding", "koi8-r")),
            ("an encoding that nobody knows", "<meta charset=x-nonsense>", "utf-8", ())):
        out = run(("<!doctype html>" + head + "<p>" + russian + "</p>").encode(codec), "--text-of", *options)[0]
        ok(out.strip() == russian, "encoding: " + name, repr(out))
    text = "<p>\u017de &scaron;koly a <!-- charset=utf-8 -->d\u011bti</p>".encode("cp1250")
    out = run(b"<html><meta charset=\"windows-1250\">" + text, "--text-of")[0]
    ok(out.strip() == "\u017de \u0161koly a d\u011bti", "encoding: a few letters are enough where meta names it", repr(out))


def limits():
    got = record("<html>" + "<div>" * 100000 + "x")
    ok((got["status"], got["reason"]) == ("error", "too_deep"), "100,000 nested elements: an error with its reason", got)
    out, status, err = run("<html>" + "<div>" * 100000)
    ok(status == 2 and "CD_LIMIT_NESTING" in err, "... whose message names the limit", status, err)
    got = record("<html><p>" + PROSE * 6 + "</p>" + "<b></b>" * 100000)
    ok(got["reason"] != "too_deep", "100,000 elements one after the other are fine", got)
    got = record("<html>" + "<p>x</p>" * 200001)
    ok(got["reason"] == "too_many_blocks", "too many blocks", got)


def disguises():
    """The same page in other clothes gives the same record."""
    def read(path):
        with open(path, "rb") as file:
            return file.read()

    def edit(page, find, put):
        parts = re.split(rb"(<script.*?</script>|<style.*?</style>|<!--.*?-->)", page, flags=re.S | re.I)
        return b"".join(part if i % 2 else re.sub(find, put, part) for i, part in enumerate(parts))

    for path in SAMPLES:
        page, name = read(path), os.path.basename(path)
        plain = run(page)[0]
        crlf = page.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        comments = edit(page, rb"(</(?:p|li|div|h1|ul)>)", rb"\1<!-- <p>x</p> --><style>p{}</style>")
        upper = edit(page, rb"<(/?)([a-z][a-z0-9]*)", lambda m: b"<" + m[1] + m[2].upper())
        for what, other in (("in CRLF", crlf), ("with tags in capitals", upper), ("with comments and styles", comments)):
            ok(run(other)[0] == plain, "%s: %s" % (name, what), plain, run(other)[0])
        text = run(page, "--text-of")[0]
        # a reference that the page shows was left standing, as far as a text page tells
        ok(run(text, "--text-of", "--input-format", "text")[0] == html.unescape(text), "%s: its text read as text is its text" % name)
        a, b = record(page, "--model", "none"), record(text, "--input-format", "text", "--model", "none")
        ok(html.unescape(a["body"] or "") == (b["body"] or ""), "%s: by rules and position its text has the same body" % name, a["body"], b["body"])
    several = COPYDESK + SAMPLES * 3
    one, four = (subprocess.run(several[:len(COPYDESK)] + ["-j", n] + several[len(COPYDESK):], stdout=subprocess.PIPE).stdout for n in "14")
    ok(one == four and one, "one job or four: the same bytes")


def data():
    """Pages that show no story until their program runs: it is in their data."""
    story = "".join("<p>The pier of Norderbank goes dark, and %s. %s</p>" % (word, PROSE * 2) for word in ("so do I", "so do you", "so does he"))
    page = "<html><head><title>The pier of Norderbank goes dark</title></head><body><div id=app></div>%s</body></html>"
    once = json.dumps({"id": 7, "content": story})
    twice = json.dumps([1, "7:" + once]).replace("<", "\\u003c")
    plain = json.dumps({"@type": "NewsArticle", "articleBody": re.sub("<[^>]*>", "\n", story).strip()})
    wanted = [line.strip() for line in re.sub("<[^>]*>", "\n", story).split("\n") if line]
    for name, given in (("in a script", "<script>window.state = %s;</script>" % once),
                        ("in a string of a string", "<script>push(%s)</script>" % twice),
                        ("as articleBody", '<script type="application/ld+json">%s</script>' % plain),
                        ("in an attribute", '<div data-page="%s"></div>' % once.replace("&", "&amp;").replace('"', "&quot;"))):
        lines = [line for line in run(page % given, "--text-of")[0].split("\n") if line]
        ok(lines[-3:] == wanted, "a story %s is read" % name, lines)
    shown = "<article>%s</article>" % story.replace("pier", "bridge")
    ok("pier" not in run(page % (shown + "<script>a = %s</script>" % once), "--text-of")[0].replace("The pier of", ""), "a page that shows a story keeps to it")
    other = json.dumps({"text": "<p>We use cookies. %s</p><p>%s</p>" % (PROSE, PROSE * 9)})
    ok(not run(page % ("<script>a = %s</script>" % other), "--text-of")[0].strip(), "data that does not speak of the title is no story")
    for cut in range(1, len(twice), max(1, len(twice) // 25)):
        if run(page % ("<script>push(%s)</script>" % twice[:cut]))[1] not in (0, 1):
            ok(False, "data cut at byte %d" % cut)
    ok(True, "data cut anywhere gives a record")


def no_articles():
    """Pages that are no article: a title and a menu are not enough."""
    words = "harbour council bridge storm school museum railway market doctors budget winter garden river police teachers film ferry island".split()
    some = lambda at, n: " ".join(words[(at * 7 + k * k + k) % len(words)] for k in range(n)).capitalize()
    frame = ("<!doctype html><html lang=en><head><title>%%s</title>%%s</head><body><nav>%s</nav><main>%%s</main><footer><p>(c) 2026 Vellmar Post. All rights "
             "reserved.</p><a href=/imprint>Imprint</a></footer>" % " ".join("<a href=/%s>%s</a>" % (w, w.title()) for w in words[:9]))
    cards = "".join('<article class=card><a href="/n/%d"><h3>%s</h3></a><p>%s.</p><span class=date>%d November</span></article>' %
                    (i, some(i, 7), some(i + 3, 18), i % 28 + 1) for i in range(30))
    for reason, name, page in (
        ("no_article", "a home page", frame % ("Vellmar Post - News", "<link rel=canonical href='https://vellmar.example/'>", cards)),
        ("no_article", "a shop's list", frame % ("Lamps", "", "<h1>Lamps</h1><ul>" + "".join(
            '<li class=product><a href="/p/%d"><h2>%s lamp</h2></a><span class=price>%d.90</span><button>Add to basket</button></li>' %
            (i, some(i, 1), i * 7) for i in range(40)) + "</ul>")),
        ("no_article", "results of a search", frame % ("Search results", "", "<h1>Results for storm</h1>" + "".join(
            '<div class=result><a href="/x%d">%s</a><p>%s ...</p></div>' % (i, some(i, 6), some(i + 5, 24)) for i in range(20)))),
        ("no_article", "a page that is not found", frame % ("Page not found", "", "<h1>404</h1><p>Sorry, the page that you are looking for does not "
                                                            "exist or has been moved. Please check the address.</p>")),
        ("no_article", "a page to log in", frame % ("Log in", "", "<form><label>E-mail</label><input><button>Log in</button></form><p>No account yet?</p>")),
        ("consent_only", "a consent wall", frame % ("Before you continue", "", "<h1>Before you continue</h1><p>We use cookies and data to deliver and maintain our "
         "services, track outages and protect against spam. If you choose to accept all, we will also use cookies to develop new services.</p><p>We "
         "and our 812 partners store and access information on a device, such as cookies, and process personal data. You can change your "
         "choices at any time in our privacy settings.</p><button>Accept all</button><button>Reject all</button>"))):
        told = record(page)
        ok((told["status"], told["reason"], told["headline"]) == ("empty", reason, None), "%s is empty: %s" % (name, reason), told)
    told = record(frame % ("The lamp of Norderbank", "<meta property=og:type content=article>", "<h1>The lamp of Norderbank</h1><p>The last lamp of the pier "
                           "went out on Sunday, and nobody missed it.</p><p>The harbour keeper did not mind.</p>"))
    ok(told["status"] == "ok" and "nobody missed it" in told["body"], "a short page that says that it is an article is one", told)


def references():
    """All names of the standard, read by another program."""
    names = sorted(name for name, signs in html.entities.html5.items() if all(unicodedata.category(sign)[0] in "LNPS" for sign in signs))
    lines = run("<body>" + "".join("<p>a&%s b</p>" % name for name in names), "--text-of")[0].splitlines()
    want = [unicodedata.normalize("NFC", html.unescape("a&%s b" % name)) for name in names]
    wrong = [(name, a, b) for name, a, b in zip(names, [line for line in lines if line], want) if a != b]
    ok(not wrong and len(names) > 2000, "%d character references by name are what they are for another program" % len(names), wrong[:20])
    page = "<html><head><title>A&mldr; B</title><meta property='og:title' content='A&mldr; B&semi; C&quot;'></head><body><h1>A&mldr; B&semi; C&quot;</h1><p>%s</p>"
    ok(record(page % (PROSE * 3))["headline"] == 'A\u2026 B; C"', "references in titles and values", record(page % (PROSE * 3))["headline"])
    drawings = "<div><svg><path d='M0'/></div><p>One</p><svg><g></g></svg></svg><p>Two</p><svg><foreignObject><p>In</p></foreignObject></svg><math><mi>x</mi><p>Three</p>"
    ok(run(drawings, "--text-of")[0].split() == ["One", "Two", "Three"], "a drawing without an end ends where HTML goes on", run(drawings, "--text-of")[0])
    commented = "<p>One</p><audio><!-- no <audio> here --><a href=x>Download</a></audio><p>Two</p>"
    ok(run(commented, "--text-of")[0].split() == ["One", "Two"], "a comment in an element that is left out may name it", run(commented, "--text-of")[0])


def asides():
    """What does not pass through the parser comes back where it stood."""
    for page, want, what in (
        ("<p>One &amp; two -><!-- c -->three</p>", ["One & two ->three"], "text behind a comment behind a sign of markup"),
        ("<p>One<!-- c --> two &lt; three<b>four</b></p>", ["One two < threefour"], "a run of text in pieces"),
        ("<p>&am<!-- c -->p; x</p><p>xxx</p>", ["& x", "xxx"], "a reference with a comment in it"),
        ("<p>a\ufffeb\uffffc</p>", ["abc"], "characters that are none"),
        ("<noscript><p class=a>Lost</p></noscript><p class=b>%s</p><noscript><p>Lost</p></noscript><p>Kept</p>" % PROSE, [PROSE.strip(), "Kept"],
         "text between elements for readers without scripts"),
        ("<p>%s</p>" % ("word " * 3000), [("word " * 3000).strip()], "a long paragraph"),
        ("<p hidden class='x' class=y>One</p><p style='display:none' id=a>x</p><p title=\"a>b\">Two</p>", ["One", "x", "Two"], "tags with attributes of many kinds")):
        got = [line for line in run("<body>" + page, "--text-of")[0].splitlines() if line]
        ok(got == want, what, got)
    head = "<head><noscript><link rel=preload href=a.css></noscript><meta name=author content='Jane Miller'></head>"
    told = record("<html>%s<body><noscript><p id=a>x</p></noscript><h1>The bridge opens again</h1><p>%s</p>" % (head, PROSE * 3))
    ok("Jane Miller" in json.dumps(told), "attributes behind what was taken out", told)


def story(inside="", head="", sentences=3):
    body = "".join("<p>%s %s</p>" % (PROSE, "Then number %d of the boats came in." % i) for i in range(sentences))
    return "<html><head><title>The bridge opens again</title>%s</head><body><article><h1>The bridge opens again</h1>%s%s</article></body></html>" % (head, body, inside)


def guards():
    """Pages made to cost more than they should: what is held against them is a limit that says its name, never a clock."""
    links = ("--body-format", "markdown", "--links", "--url", "http://news.example/a/b")
    long = "a/../" * 900
    out, _, problems = run(story('<p>See <a href="%s">the boats</a> and <a href="c">the bridge</a>. %s</p>' % (long, PROSE)), *links)
    ok("the boats and [the bridge](http://news.example/a/c)" in out and long not in out and "CD_LIMIT_LINK_BYTES" in problems, "an address too long for a link", out, problems)
    out, _, problems = run(story('<p>See <a href="c">the bridge</a>. %s</p>' % PROSE, '<base href="http://news.example/%s">' % long), *links)
    ok("[the bridge](c)" in out and "CD_LIMIT_LINK_BYTES" in problems, "a base too long for links", out, problems)
    out = run(story('<p>See <a href="c">the bridge</a>. %s</p>' % PROSE, '<base href="/far/away/">'), *links)[0]
    ok("[the bridge](http://news.example/far/away/c)" in out, "a base without a host is joined with the page's address", out)
    scripts = '<script type="application/ld+json">{"@type":"WebPage"}</script>'
    problems = run(story("", scripts * 200))[2]
    ok(problems == "", "200 JSON texts", problems)
    problems = run(story("", scripts * 250))[2]
    ok("CD_LIMIT_JSON_LD_TEXTS" in problems and "broken" not in problems, "more JSON texts than are read", problems)
    names = ", ".join('{"@type":"Person","name":"Ann %s%s"}' % (a, b) for a in ("Lee", "Dale", "Hol", "Ras", "Tor", "Wes", "Nor") for b in ("son", "ton", "man", "ley", "berg", "well", "field"))
    words = json.dumps(["Word%d" % i for i in range(50)])
    told, _, problems = run(story("", '<script type="application/ld+json">{"@type":"NewsArticle","headline":"The bridge opens again","author":[%s],"keywords":%s}</script>' % (names, words)))
    ok(len(json.loads(told)["tags"]) == 40 and len(json.loads(told)["authors"]) == 40 and "CD_LIMIT_TAGS" in problems and "CD_LIMIT_AUTHORS" in problems, "lists that are cut", told, problems)
    problems = run(story("", '<script type="application/ld+json">{"@type":"NewsArticle","keywords":%s}</script>' % json.dumps(["Word%d" % i for i in range(70)])))[2]
    ok("'keywords'" in problems and "CD_LIMIT_JSON_LD_LIST" in problems, "a list of JSON-LD that is cut", problems)
    problems = run(story("", '<meta name=author content="%s">' % ("Ann Lee, " * 600)))[2]
    ok("authors (meta)" in problems and "CD_LIMIT_META_BYTES" in problems, "a statement that is too long", problems)
    done, _, problems = run(b"a\n" * 1000001, "--input-format", "text")
    ok(json.loads(done)["reason"] == "too_many_blocks" and "CD_LIMIT_LINES" in problems, "a text of too many lines", done[:300], problems)
    text = "The bridge opens again\n\nBy Ann Lee\n\n" + "".join("%sBoat number %d came in.\n\n" % (PROSE, i) for i in range(4))
    want, got = record(text, "--input-format", "text"), record(text + "\n" * 1000001, "--input-format", "text")
    ok(want["body"] and want["body"] in (got["body"] or ""), "a text of too many blank lines", got)
    deep = "<html><body>" + "<div>" * 1900 + "<p>x y z" * 300
    out = subprocess.run(COPYDESK + ["explain", "--json", "-"], input=deep.encode(), stdout=subprocess.PIPE).stdout.decode()
    paths = [block["path"] for block in json.loads(out)["blocks"]]
    ok(len(paths) == 300 and paths[1].count("/") == 65 and "/\u2026/" in paths[1] and paths[1].startswith("/body/div[1]/div[1]") and paths[1].endswith("/div[1]/p[2]"),
       "the middle of a long path is left out", paths[:2])
    steps = {"names": '<span itemprop="author">Ann </span>' * 20000, "times": "<time>" * 1900 + "a " * 1000 + "</time>" * 1900, "bases": '<base href="/a">' * 20000,
             "titles": '<meta property="og:title" content="%s">' % ("word " * 64) * 16 + scripts.replace("}", ',"headline":"%s"}' % ("word " * 64)) * 100}
    for name, inside in sorted(steps.items()):
        page = story(inside)
        told = record(page, "--page-steps", str(300 * len(page)))
        ok(told["reason"] != "too_much_work", "a made page of %s stays within 300 steps a byte" % name, told["reason"])


def explains():
    page = "<html><body><main><div>x</div><div class=a><p>One.</p><p>%s</p></div></main>" % PROSE
    out = subprocess.run(COPYDESK + ["explain", "-"], input=page.encode(), stdout=subprocess.PIPE).stdout.decode()
    ok("/body/main/div[2]/p[2]\n" in out, "explain shows the path to each block", out)


def fuzz():
    done = subprocess.run(["tests/fuzz", "--cuts", "60", "--mutations", "100", "--levels", "3000", "--batch", "40", " ".join(COPYDESK), "data/samples"],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    ok(done.returncode == 0, "cut, changed and nested pages give a record each", done.stdout.decode("utf-8", "replace"))


for part in (texts, formats, encodings, limits, disguises, references, asides, data, no_articles, explains, guards, fuzz):
    part()
print("1..%d" % count)
sys.exit(1 if failures else 0)
