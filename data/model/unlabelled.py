"""unlabelled.py -- HTML pages without labels -> text as the labelled pages come as, and a headline and body to learn from. For train.py.

The program is more often right about a page's HTML than about its text (README, "HTML"), since a text has lost the tags. So what it takes for
headline and story of an HTML page is a label, if not a sure one, for the text of the same page. Pages are made text by the four renderers
that made the labelled texts, as they were called there. Of the sets' own truth only the address is read: it says which site a page is of.
Needs resiliparse and inscriptis (PyPI) and lynx."""
import json
import os
import subprocess
import tarfile

SETS = ("segments-dev", "htmldate-dev")


def by_resiliparse(html, main):
    from resiliparse.extract.html2text import extract_plain_text
    return extract_plain_text(html, main_content=main)


def by_inscriptis(html):
    from inscriptis import get_text
    from inscriptis.css_profiles import CSS_PROFILES
    from inscriptis.model.config import ParserConfig
    return get_text(html, ParserConfig(css=CSS_PROFILES["relaxed"]))


def by_lynx(html, room):
    with open(room, "w", encoding="utf-8", errors="replace") as out:
        out.write(html)
    command = ["lynx", "-dump", "-nolist", "-assume_charset=utf-8", "-display_charset=utf-8", room]
    made = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60, check=True)
    os.remove(room)
    return made.stdout.decode("utf-8", "replace")


def decode(raw):
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return bytes_to_str(raw, detect_encoding(raw))


def render(folder, page):
    """Writes the page's texts. A page that a renderer cannot read has no text of it."""
    with open(os.path.join(folder, "html", page + ".html"), "rb") as file:
        html = decode(file.read())
    ways = {"resiliparse-main": lambda: by_resiliparse(html, True), "resiliparse-full": lambda: by_resiliparse(html, False),
            "inscriptis": lambda: by_inscriptis(html), "lynx": lambda: by_lynx(html, os.path.join(folder, "lynx.html"))}
    for renderer, way in ways.items():
        try:
            text = way()
        except Exception as why:  # of many kinds: a page is left out, not the run
            print("%s by %s: %s" % (page, renderer, why))
            continue
        os.makedirs(os.path.join(folder, renderer), exist_ok=True)
        with open(os.path.join(folder, renderer, page + ".txt"), "w", encoding="utf-8", errors="replace", newline="") as out:
            out.write(text)


def unpack(corpus, cache, name):
    """The addresses of a set's pages by their names; pages and texts are in the folder of the set."""
    folder = os.path.join(cache, name)
    with open(os.path.join(corpus, name, "truth.jsonl"), encoding="utf-8") as lines:
        addresses = {truth["id"]: truth.get("url") for truth in map(json.loads, lines)}
    if not os.path.exists(os.path.join(folder, ".rendered")):
        with tarfile.open(os.path.join(corpus, name, "html.tar.xz")) as tar:
            tar.extractall(os.path.join(folder, "html"), filter="data")
        for page in sorted(addresses):
            if os.path.exists(os.path.join(folder, "html", page + ".html")):
                render(folder, page)
        open(os.path.join(folder, ".rendered"), "w").close()
    return addresses


def read_pages(program, folder, pages):
    """What the program takes for headline and body of each HTML page, where it takes the page for an article."""
    paths = [os.path.join(folder, "html", page + ".html") for page in pages]
    out = subprocess.run([program, "-j0", "--files-from", "-"], input="".join(path + "\n" for path in paths).encode(), stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, check=False).stdout
    records = {record["input"]: record for record in map(json.loads, out.splitlines())}
    return {page: {key: records[path][key] for key in ("headline", "body")} for page, path in zip(pages, paths)
            if records.get(path, {}).get("status") == "ok" and records[path]["body"]}


def find_pages(program, corpus, cache, renderers):
    """(set, renderer, truth, path) of every text, as train.truths() gives those of labelled pages."""
    found = []
    for name in SETS:
        folder, addresses = os.path.join(cache, name), unpack(corpus, cache, name)
        pages = [page for page in sorted(addresses) if os.path.exists(os.path.join(folder, "html", page + ".html"))]
        for page, labels in read_pages(program, folder, pages).items():
            for renderer in renderers:
                path = os.path.join(folder, renderer, page + ".txt")
                if os.path.exists(path) and os.path.getsize(path):
                    found.append((name, renderer, {"id": page, "url": addresses[page], **labels}, path))
    return found
