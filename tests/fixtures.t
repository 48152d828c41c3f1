#!/usr/bin/env python3
"""fixtures.t -- what `copydesk check` and `copydesk update` promise, in TAP. Run from the top of the repository; $COPYDESK is the command.

Forty pages are made from a template into a temporary folder. A rule is changed, and exactly the pages that it concerns must be named;
what must not be written is held by inode and time of change. Then faults: pages, expected files, folders and disks that fail.
"""
import gzip
import json
import os
import pty
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

TOP = os.getcwd()
COMMAND = shlex.split(os.environ.get("COPYDESK", "build/copydesk"))
COMMAND[-1] = os.path.abspath(COMMAND[-1])
for variable in ("CI", "GITHUB_ACTIONS", "NO_COLOR"):
    os.environ.pop(variable, None)  # set only where that is what is tested
count = failures = 0

PLACES = ["Harrowmouth", "Sankt Veit", "Ostrava Bay", "Pinecrest", "Lower Tamsin", "Gallow Quay", "Brickfield", "Norvale"]
THINGS = ["bridge", "library", "ferry", "school", "museum", "market hall", "reservoir", "tramway"]
PEOPLE = ["Delia Marchetti", "Howard Oyelaran", "Ruth Feld", "Tobias Okonjo", "Ilse Maartens"]
MONTHS = ["January", "March", "May", "September"]
LETTER = "(Hear this story read aloud in the Evening Tide podcast.)"
CONCERNED = [7, 19, 34]  # the last is HTML
PAGE = """Skip to content
Home
News
Sport
Weather
Subscribe

{place} Courier

{headline}

By {person}
{month} {day}, 2026

{place} will get its {thing} back after {years} years, the council decided on Tuesday evening, when members voted by a margin of {n} to
two to pay for the repairs out of the reserve that had been set aside for the winter roads.

{person} has argued for the plan since it was first drawn up. "Nobody who crosses the river each morning needs to be told what this
means," said the engineer, who keeps a photograph of the old {thing} on the wall of the office. {letter}

The work is expected to take {months} months and to cost about {cost},000 crowns. Two firms from the valley have offered to do it for
less, and the council will choose between them at its next meeting, after the auditors have looked at both of the offers.

Not everyone is pleased. Shopkeepers along the quay fear that the road will be closed for most of the summer, and have asked for a
detour that would lead past their doors rather than around the hill, as the first plan of the surveyors had it.

Related Articles
Ferry timetable changes again in spring
Why the {thing} was closed in the first place

Sign up for our newsletter
Copyright 2026 {place} Courier. All rights reserved.
"""


def ok(good, name, *notes):
    global count, failures
    count += 1
    failures += not good
    print("%sok %d - %s" % ("" if good else "not ", count, name))
    for note in notes if not good else ():
        print("\n".join("# " + line for line in str(note).splitlines()[:40]))
    sys.stdout.flush()


def skip(why):
    global count
    count += 1
    print("ok %d # skip %s" % (count, why))


def run(*arguments, cwd=None, command=COMMAND, **environment):
    """The command with these variables, too; gives the finished process."""
    env = dict(os.environ, LC_ALL="C")
    env.update(environment)
    done = subprocess.run(command + list(arguments), stdin=subprocess.DEVNULL, capture_output=True, env=env, cwd=cwd, timeout=120)
    done.out, done.err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    return done


def write(path, text, mode="w"):
    with open(path, mode, **({} if "b" in mode else {"encoding": "utf-8"})) as file:
        file.write(text)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def page(i):
    place, thing = PLACES[i % 8], THINGS[i * 3 % 8]
    text = re.sub("(?<=[a-z,])\n(?=[a-z])", " ", PAGE)  # a paragraph a line
    return text.format(place=place, thing=thing, headline="%s votes to bring the %s back, %d years after the flood" % (place, thing, 3 + i),
                       person=PEOPLE[i % 5], month=MONTHS[i % 4], day=1 + i % 28, years=3 + i, n=5 + i % 7, months=4 + i % 9,
                       cost=100 + 7 * i, letter=LETTER if i in CONCERNED else "The letter of thanks hangs beside it.")


def name(i):
    return "p%02d.%s" % (i, "html" if i % 10 == 4 else "txt")


def make_pages(folder, numbers=range(40)):
    for i in numbers:
        below = os.path.join(folder, "deep") if i >= 30 else folder
        os.makedirs(below, exist_ok=True)
        text = page(i)
        if name(i).endswith("html"):
            text = "<html><body>" + "".join("<p>%s</p>\n" % part for part in text.split("\n\n")) + "</body></html>\n"
        write(os.path.join(below, name(i)), text)


def path(folder, i, ending=None):
    whole = os.path.join(folder, "deep", name(i)) if i >= 30 else os.path.join(folder, name(i))
    return whole if ending is None else os.path.splitext(whole)[0] + ending


def state(folder):
    """What a write would change: of every file its bytes, inode and time."""
    found = {}
    for root, _, files in os.walk(folder):
        for file in files:
            whole = os.path.join(root, file)
            if os.path.isfile(whole) and not os.path.islink(whole):
                info = os.stat(whole)
                found[whole] = (read(whole), info.st_ino, info.st_mtime_ns)
    return found


def report(done):
    return {os.path.basename(r["fixture"]): r for r in map(json.loads, done.out.splitlines())}


def fresh(folder="small", numbers=range(3)):
    shutil.rmtree(folder, ignore_errors=True)
    make_pages(folder, numbers)
    assert run("update", folder).returncode == 0
    return folder


def edit(file, old, new):
    text = read(file)
    assert old.encode() in text, (file, old)
    write(file, text.replace(old.encode(), new.encode()), "wb")


# --- the demonstration: forty pages, one rule ----------------------------------------------------------------------------

RULE = ("rule promo.evening-tide cut\n  why   teaser for the reading of a story, glued to a paragraph\n  where body\n"
        "  find  \\(Hear this story read aloud in the %s[^)]*\\)\n  yes   A fine day. %s\n  no    Hear this story out.\n")


def demonstration():
    make_pages("fx")
    write("first.rules", RULE % ("Morning", LETTER.replace("Evening", "Morning")))
    write("letter.rules", RULE % ("[A-Z]", LETTER))
    done = run("check", "fx", "--diff", "short")
    ok(done.returncode == 1 and done.out.count("missing ") == 40, "40 pages without expected files: check fails and names each", done.out)
    ok(not [f for f in state("fx") if f.endswith(".json")], "check writes nothing")
    done = run("update", "--rules", "first.rules", "fx")
    ok(done.returncode == 0 and done.out.count("new ") == 40 and not done.err, "update makes all 40", done.out, done.err)
    before = state("fx")
    done = run("check", "--rules", "first.rules", "fx")
    ok(done.returncode == 0 and done.out == "40 fixtures: 40 as expected\n" and not done.err, "check: 40 as expected", done.out, done.err)

    done = run("check", "--rules", "letter.rules", "fx", "--diff", "json")
    found = report(done)
    want = sorted(name(i) for i in CONCERNED)
    ok(done.returncode == 1 and sorted(found) == want, "one rule is changed: check names the 3 pages that it concerns", done.out, done.err)
    pages = [path("fx", i) for i in range(40)]
    done = run("rules", "diff", "--old", "first.rules", "--new", "letter.rules", *pages)
    named = re.findall(r"^(fx/\S+)$|^  (rule \S+)$", done.out, re.M)
    ok(done.returncode == 1 and ["".join(name) for name in named] == [part for i in CONCERNED for part in (path("fx", i), "rule promo.evening-tide")]
       and done.out.endswith("3 of 40 records changed\n3\tpromo.evening-tide\n"), "rules diff names the same 3 pages, and that rule", done.out, done.err)
    for i in CONCERNED:
        old = json.loads(before[path("fx", i, ".json")][0])
        new = json.loads(run("--rules", "letter.rules", path("fx", i)).out)
        fields = [key for key in new if key != "input" and new[key] != old[key]]
        got = found.get(name(i), {"fields": []})["fields"]
        ok([f["key"] for f in got] == fields and "body" in fields and "words" in fields and "removed" in fields,
           "%s: the keys that differ, in the record's order" % name(i), fields, got)
        ok(all(f["expected"] == old[f["key"]] and f["actual"] == new[f["key"]] for f in got), "%s: both values of each" % name(i))
    ok(state("fx") == before, "check writes nothing where pages differ")
    done = run("check", "--rules", "letter.rules", "fx")
    ok("[-" + LETTER + "-]" in done.out and done.out.count("[-") == 3 and "{+" not in done.out, "the words that the rule cuts are marked, nothing else",
       done.out)
    done = run("update", "--rules", "letter.rules", "fx")
    ok(done.returncode == 0 and done.out.count("updated ") == 3 and "37 as expected, 3 written" in done.out, "update writes those 3", done.out)
    after = state("fx")
    changed = sorted(f for f in after if after[f] != before.get(f))
    ok(changed == sorted(path("fx", i, ".json") for i in CONCERNED) and set(after) == set(before), "no other file has changed", changed)
    ok(run("check", "--rules", "letter.rules", "fx").returncode == 0, "check is green")
    done = run("update", "--rules", "letter.rules", "fx")
    ok(state("fx") == after and done.out == "40 fixtures: 40 as expected\n", "a second update writes nothing: same inodes, same times", done.out)
    done = run("check", "--rules", "letter.rules", "--no-rule", "promo.evening-tide", "--diff", "short", "fx")
    ok(done.returncode == 1 and done.out.count("changed ") == 3, "--no-rule: the same 3 differ again", done.out)
    done = run("check", "--no-rule", "no.such.rule", "fx")
    ok(done.returncode == 2 and "--no-rule" in done.err, "--no-rule of a rule that is not there: exit status 2", done.err)
    write("broken.rules", "rule promo.broken cut\n  find (\n")
    ok(run("check", "--rules", "broken.rules", "fx").returncode == 3, "rules that do not compile: exit status 3")
    done = run("check", "--model", "none", "--diff", "json", "fx")
    ok(done.returncode == 1 and all(f["key"] != "headline" or f["actual"] for r in report(done).values() for f in r["fields"]),
       "--model none: another result", done.err)


def same_bytes():
    """For every -j; from every folder; as the program itself prints."""
    edit("fx/p01.json", '"byline"', '"by_line"')
    os.remove("fx/p02.json")
    shutil.copy("fx/p03.json", "fx/orphan.json")
    write("fx/p05.json", "{")
    want = None
    for jobs in ("1", "3", "0"):
        done = run("check", "-j", jobs, "fx", "--junit", "j.xml", GITHUB_ACTIONS="true")
        got = (done.returncode, done.stdout, done.stderr, read("j.xml"))
        want = want or got
        ok(got == want and done.returncode == 2, "-j%s: the same report, messages and XML" % jobs, done.out, done.err)
    run("update", "--prune", "fx")
    alone = run("--pretty", name(1), cwd="fx").stdout
    ok(read("fx/p01.json") == alone and alone.endswith(b"\n}\n"), "an expected file is what --pretty prints in the fixture's folder")
    ok(json.loads(read(path("fx", 35, ".json")))["input"] == name(35), "input is the page's name without its folder")
    for where, folder in ((None, os.path.abspath("fx")), (None, "./fx/"), ("fx", "."), ("fx/deep", "..")):
        ok(run("check", folder, cwd=where).returncode == 0, "check %s: nothing differs" % ("fx" if where is None else folder))
    done = run("check", "fx", TZ="Asia/Tokyo", LANG="de_DE.UTF-8")
    ok(done.returncode == 0, "nor in another time zone and locale", done.out)


# --- single fixtures, single keys ----------------------------------------------------------------------------------------

def names_and_keys():
    fresh()
    for file in ("p00.json", "p01.json"):
        edit("small/" + file, '"words": ', '"words": 9')
        edit("small/" + file, "votes to", "declines to")
    done = run("check", "small/p00.txt")
    ok(done.returncode == 1 and done.out.startswith("changed  small/p00.txt: headline, words\n") and "1 fixture:" in done.out, "check PAGE", done.out)
    ok(run("check", "small/p02.txt").returncode == 0, "check PAGE that is as expected")
    done = run("check", "small/p00.json", "small/p00", "small/p00.txt")
    ok(done.returncode == 1 and "1 fixture:" in done.out, "a fixture named by its page, by its name.json and without an ending is one", done.out)
    done = run("check", "small/p09.txt", "small")
    ok(done.returncode == 2 and done.err == "copydesk: small/p09.txt: no fixture of this name\n" and "2 changed" in done.out,
       "a name that is none: exit status 2, all else is checked", done.err, done.out)
    before = state("small")
    done = run("update", "--dry-run", "small")
    ok(done.returncode == 1 and "2 would be written" in done.out and state("small") == before, "--dry-run tells and writes nothing", done.out)
    done = run("update", "--only-field", "headline", "small/p00.txt")
    record = json.loads(read("small/p00.json"))
    ok(done.returncode == 0 and "votes to" in record["headline"] and str(record["words"]).startswith("9"), "--only-field: that key alone", done.out)
    ok(read("small/p00.json") == before["small/p00.json"][0].replace(b"declines to", b"votes to"), "--only-field: every other byte stays")
    ok(read("small/p01.json") == before["small/p01.json"][0], "update NAME: no other fixture")
    now = state("small")
    done = run("update", "--only-field", "headline", "small/p00.txt")
    ok(done.returncode == 0 and state("small") == now, "--only-field: a second time nothing", done.out)
    ok(done.out == "1 fixture: 0 as expected, 1 left as they were\n", "--only-field: what differs elsewhere is counted once", done.out)
    write("small/p00.json", read("small/p00.json").replace(b"votes to", b"declines to"), "wb")
    done = run("update", "--dry-run", "--only-field", "headline", "small/p00.txt")
    ok(done.out.endswith("\n1 fixture: 0 as expected, 1 would be written (1 in part)\n"), "--only-field: what is written and differs elsewhere, too", done.out)
    run("update", "--only-field", "words", "--only-field", "body", "--only-field", "headline", "small/p00")
    ok(run("check", "small/p00").returncode == 0, "--only-field is repeatable")
    done = run("update", "--only-field", "headlines", "small")
    ok(done.returncode == 2 and "'headlines' is no key of a record" in done.err, "--only-field with a word that is no key", done.err)
    edit("small/p01.json", '  "tags": [],\n', "")
    run("update", "--only-field", "tags", "small")
    ok(list(json.loads(read("small/p01.json"))) == list(record), "--only-field: a key that was missing comes in its place")
    done = run("update", "small")
    ok(done.returncode == 0 and run("check", "small").returncode == 0, "update without names settles the rest", done.out)
    for file, shown in (("small/p02.json", "layout"), ):
        write(file, json.dumps(json.loads(read(file))))
        done = run("check", "small")
        ok(done.returncode == 1 and shown in done.out, "the same record in another layout differs, and is called so", done.out)
    run("update", "small")
    ok(run("check", "small").returncode == 0, "update writes it anew")


def orphans():
    fresh()
    shutil.copy("small/p00.json", "small/away.json")
    write("small/away.args", "--url https://example.com/\n")
    write("small/package.json", '{"name": "not ours"}')
    write("small/README.md", "Pages for the tests.\n")
    done = run("check", "small", "--diff", "short")
    ok(done.returncode == 1 and done.out == "orphan   small/away.json: there is no page of this name\n4 fixtures: 3 as expected, 1 orphaned\n",
       "an expected file without a page; files of others are passed over", done.out)
    done = run("update", "small")
    ok(done.returncode == 0 and os.path.exists("small/away.json") and "--prune" in done.out, "update leaves it, and tells of --prune", done.out)
    done = run("update", "--prune", "--dry-run", "small")
    ok(done.returncode == 1 and os.path.exists("small/away.json"), "update --prune --dry-run leaves it", done.out)
    done = run("update", "--prune", "small")
    left = sorted(os.listdir("small"))
    ok(done.returncode == 0 and left == sorted(["package.json", "README.md"] + ["p0%d.%s" % (i, e) for i in range(3) for e in ("txt", "json")]),
       "update --prune removes it with its name.args, and nothing else", left)
    shutil.copy("small/p00.txt", "small/p00.html")
    done = run("check", "small")
    ok(done.returncode == 2 and "another page has the same name" in done.err and "2 as expected, 1 changed, 1 in error" in done.out, "two pages of one name", done.err)
    os.makedirs("empty/below", exist_ok=True)
    done = run("check", "empty")
    ok(done.returncode == 2 and done.err == "copydesk: empty: the folder has no fixtures\n", "a folder without fixtures: exit status 2", done.err)


def sidecars():
    fresh()
    write("small/p00.args", "# where it stood\n--url https://example.com/a?b=c\n\n--now 2026-05-02T10:00+02:00\n")
    done = run("check", "small", "--diff", "json")
    found = report(done)
    ok(list(found) == ["p00.txt"] and {"key": "url", "record": None, "expected": None, "actual": "https://example.com/a?b=c"} in found["p00.txt"]["fields"],
       "name.args: --url is the page's", done.out)
    edit("small/p01.txt", "March 2, 2026", "3 hours ago")
    write("small/p01.args", "--now=2026-05-02T10:00+02:00\n")
    run("update", "small")
    ok(json.loads(read("small/p01.json"))["date"] == "2026-05-02T07:00+02:00" or json.loads(read("small/p01.json"))["date"] == "2026-05-02",
       "name.args: --now settles relative dates", json.loads(read("small/p01.json"))["date"])
    write("small/p02.txt", page(2).replace("Ostrava", "Ostr\u00e1va").encode("windows-1252"), "wb")
    write("small/p02.args", "--encoding windows-1251\n")
    run("update", "small")
    ok("Ostr\u0431va" in read("small/p02.json").decode(), "name.args: --encoding is the page's, and of no other")
    ok(run("check", "-j3", "small").returncode == 0, "with -j each page has its own")
    for text, message in (("--jobs 3\n", "1: '--jobs' is none of --url, --encoding, --now"), ("# x\n\n--url\n", "3: --url needs a value"),
                          ("--url a\n--url b\n", "2: --url stands here twice"), ("--encoding nope\n", "1: 'nope' is no encoding"),
                          ("--now soon\n", "1: 'soon' is no time"), ("--url=a\0b\n", " has a NUL"), ("x" * 20000, " more bytes than the limit")):
        write("small/p00.args", text)
        before = state("small")
        done = run("check", "small")
        ok(done.returncode == 2 and done.err.startswith("copydesk: small/p00.txt: small/p00.args:" + message) and "2 as expected, 1 in error" in done.out,
           "name.args that is wrong: %r" % text[:20], done.err, done.out)
        ok(run("update", "small").returncode == 2 and state("small") == before, "update writes nothing then")


def html():
    """A page of HTML states what its text does not: check names those keys, too."""
    fresh("markup", [4])
    page_path, head = path("markup", 4), '<html><head><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"%s"}</script></head><body>'
    edit(page_path, "<html><body>", head % "2026-01-04T08:00+01:00")
    run("update", "markup")
    expected = json.loads(read(path("markup", 4, ".json")))
    ok(expected["date"].startswith("2026-01-04"), "HTML: the record has what the page states", expected["date"])
    edit(page_path, "2026-01-04", "2026-01-05")
    done = run("check", "markup", "--diff", "json")
    ok(done.returncode == 1 and [f["key"] for f in report(done)[name(4)]["fields"]] == ["date", "date_text"], "HTML: a statement changes: its keys are named", done.out)
    edit(page_path, "The work is expected", "The <i>work</i> is now expected")
    run("update", "--only-field", "date", "--only-field", "date_text", "markup")
    done = run("check", "markup")
    ok("date" not in done.out and "{+now+}" in done.out and "<i>" not in done.out, "HTML: the body is compared as words, not as tags", done.out)
    shutil.copy(page_path, "markup/p05.htm")
    shutil.copy(page_path, "markup/p06.xhtml")
    write("markup/p07.html.gz", gzip.compress(read(page_path)), "wb")
    done = run("update", "markup")
    ok(done.returncode == 0 and done.out.count("new ") == 3 and run("check", "-j2", "markup").returncode == 0, "HTML: .htm, .xhtml, .html.gz", done.out, done.err)
    bodies = {json.loads(read("markup/p0%d.json" % i))["body"] for i in (4, 5, 6, 7)}
    ok(len(bodies) == 1, "HTML: the same page under four names has one body")


def warc(pages):
    """A WARC of these (address, text) pairs, each an HTTP response."""
    records = []
    for url, text in pages:
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + text.encode()
        records.append(b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2026-05-02T08:00:00Z\r\n"
                       b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % (url.encode(), len(http)) + http + b"\r\n\r\n")
    return b"".join(gzip.compress(record) for record in records)


def dumps():
    """Containers as fixtures: packed JSON Lines and WARC, each with its list of records."""
    shutil.rmtree("dumps", ignore_errors=True)
    os.makedirs("dumps")
    pages = [("https://example.com/%d" % i, "<!doctype html><html><body>" + "".join("<p>%s</p>" % part for part in page(i).split("\n\n"))) for i in range(3)]
    rows = "".join(json.dumps({"url": url, "html": text}) + "\n" for url, text in pages)
    write("dumps/crawl.warc.gz", warc(pages), "wb")
    write("dumps/rows.jsonl", rows)
    write("dumps/packed.jsonl.gz", gzip.compress(rows.encode()), "wb")
    done = run("update", "dumps")
    ok(done.returncode == 0 and done.out.count("new ") == 3, ".warc.gz, .jsonl, .jsonl.gz: an expected file each", done.out, done.err)
    lists = {name: json.loads(read("dumps/%s.json" % name)) for name in ("crawl", "rows", "packed")}
    bodies = [[r["body"] for r in records] for records in lists.values()]
    ok(bodies[0] == bodies[1] == bodies[2] and len(bodies[0]) == 3 and all(bodies[0]), "the same pages, the same records", bodies)
    ok([r["url"] for r in lists["crawl"]] == [url for url, _ in pages], "a WARC's addresses are in its records")
    ok(run("check", "dumps").out == "3 fixtures: 3 as expected\n", "check of all three")
    changed = [(url, text.replace("Tuesday", "Thursday") if url.endswith("1") else text) for url, text in pages]
    write("dumps/crawl.warc.gz", warc(changed), "wb")
    done = run("check", "dumps", "-j3")
    ok(done.returncode == 1 and done.out.startswith("changed  dumps/crawl.warc.gz: record 1: body\n") and "[-Tuesday" in done.out and "1 changed" in done.out,
       "one page of a WARC changes: fixture, record, key and words are named", done.out)
    before = state("dumps")
    run("update", "dumps")
    ok([f for f, what in state("dumps").items() if before[f] != what] == ["dumps/crawl.json"] and run("check", "dumps").returncode == 0, "update writes that one")
    write("dumps/rows.jsonl", rows + "{\n")
    done = run("check", "dumps", "--diff", "short")
    ok(done.returncode in (1, 2) and "dumps/rows.jsonl" in done.out + done.err, "a broken line is noticed", done.out, done.err)


def lists():
    """A container's records are a list; a container is only known where its format is."""
    shutil.rmtree("many", ignore_errors=True)
    os.makedirs("many")
    rows = [{"url": "https://example.com/%d" % i, "text": page(i)} for i in range(3)]
    write("many/dump.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    first = run("many/dump.jsonl").out.splitlines()
    if not first or json.loads(first[0])["record"] is None:
        skip("no JSON Lines in this program")
        return
    run("update", "many")
    records = json.loads(read("many/dump.json"))
    ok([r["record"] for r in records] == [0, 1, 2] and all(r["input"] == "dump.jsonl" for r in records), "a container: a list of records", records)
    ok(run("check", "many", "-j2").returncode == 0, "check of a container")
    rows[1]["text"] = rows[1]["text"].replace("votes", "declines")
    write("many/dump.jsonl", "".join(json.dumps(row) + "\n" for row in rows[:2]))
    done = run("check", "many", "--diff", "short")
    ok(done.returncode == 1 and "record 1: headline" in done.out and "record 2 is gone" in done.out, "check names the record", done.out)


# --- how it is shown -----------------------------------------------------------------------------------------------------

def on_terminal(*arguments, **environment):
    """What a terminal gets to see."""
    main, side = pty.openpty()
    env = dict(os.environ, TERM="xterm", **environment)
    process = subprocess.Popen(COMMAND + list(arguments), stdin=subprocess.DEVNULL, stdout=side, stderr=side, env=env)
    os.close(side)
    shown = b""
    while True:
        try:
            piece = os.read(main, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    process.wait()
    os.close(main)
    return shown


def views():
    fresh()
    edit("small/p00.json", "the auditors have looked", "the mayor has looked")
    edit("small/p00.json", '"authors": [', '"authors": ["Somebody Else", ')
    done = run("check", "small")
    ok("the auditors" not in done.out and " after the [-mayor has-] {+auditors have+} looked at both " in done.out, "the body is compared word by word", done.out)
    ok(done.out.count("\u2026") >= 1 and len(done.out) < 1200, "what is the same is left out but for some words around", done.out)
    ok('\n    authors\n      - "Somebody Else"\n    body\n' in done.out, "a list is compared item by item", done.out)
    old = {file: read("small/p02." + file) for file in ("txt", "json")}
    for words in ("##[add-mask]the", "##vso[task.complete]the", "a##[b]the"):
        edit("small/p02.txt", "\n\nOstrava Bay will get", "\n\n%s Ostrava Bay will get" % words)
        for form in ("full", "short", "json"):
            told = run("check", "small", "--diff", form, GITHUB_ACTIONS="true")
            ok(told.returncode == 1 and not re.search(r"##(vso)?\[", told.out + told.err), "%s in a page's text is no command in --diff %s" % (ascii(words), form), told.out)
        body = [f["actual"] for f in report(told)["p02.txt"]["fields"] if f["key"] == "body"]
        ok(body and words in body[0], "... and stays itself in the JSON", told.out)
        for file, bytes_ in old.items():
            write("small/p02." + file, bytes_, "wb")
    edit("small/p02.json", '"words"', '"::add-mask::x": 1, "words"')
    told = run("check", "small", GITHUB_ACTIONS="true")
    ok("add-mask" in told.out and not re.search(r"^\s*::(?!error file=small/p)", told.out + told.err, re.M), "nor is a key of an expected file one", told.out)
    write("small/p02.json", old["json"], "wb")
    edit("small/p02.txt", "\n\nOstrava Bay will get", "\n\n::add-mask::the Ostrava Bay will get")
    run("update", "small/p02")
    edit("small/p02.json", '": "::add-mask::the Ostrava Bay will get', '": "::add-mask::the Ostrava Bay shall get')
    told = run("check", "small", GITHUB_ACTIONS="true")
    ok("::add-mask" in told.out and not re.search(r"^\s*::(?!error file=small/p)", told.out + told.err, re.M),
       "no words of a page stand where a CI server takes them for a command", told.out)
    write("small/p02.txt", page(2))
    run("update", "small/p02")
    short = run("check", "small", "--diff", "short").out
    ok(short == "changed  small/p00.txt: authors, body\n3 fixtures: 2 as expected, 1 changed\n", "--diff short", short)
    ok(run("check", "small", "--diff", "full").out == done.out, "--diff full is the default of check")
    ok(b"\x1b[" not in done.stdout and b"\x1b[31m" in run("check", "small", "--color", "always").stdout, "colours: not into a pipe, but with --color always")
    ok(b"\x1b[32m" in on_terminal("check", "small"), "colours on a terminal")
    ok(b"\x1b[" not in on_terminal("check", "small", NO_COLOR="1"), "NO_COLOR: none")
    ok(b"\x1b[" in on_terminal("check", "small", "--color", "always", NO_COLOR="1"), "--color always wins over NO_COLOR")
    ok(run("check", "small", "--diff", "word").returncode == 2, "--diff with a word that is none: exit status 2")
    edit("small/p01.json", "votes", "\\u001b[2Jvotes")
    done = run("check", "small")
    ok(b"\x1b" not in done.stdout and "\\x1b[2J" in done.out or "\\u001b[2J" in done.out, "control characters of a page do not reach the terminal", done.out)

    done = run("check", "small", "--junit", "j.xml")
    suite = xml.parse("j.xml").getroot()[0]
    cases = {case.get("name"): case for case in suite}
    ok(suite.get("tests") == "3" and suite.get("failures") == "2" and suite.get("errors") == "0" and len(cases) == 3, "--junit: counts", read("j.xml"))
    ok(cases["p00.txt"].get("classname") == "small" and cases["p00.txt"][0].get("message") == "authors, body" and "[-mayor" in cases["p00.txt"][0].text,
       "--junit: a failure has its keys and the difference", read("j.xml"))
    ok(len(cases["p02.txt"]) == 0, "--junit: what is as expected has passed")
    ok(run("update", "--junit", "j.xml", "small").returncode == 2, "--junit is for check")

    odd = "small/50%, a:b"
    shutil.copy("small/p02.txt", odd + ".txt")
    done = run("check", "small", "--diff", "json", GITHUB_ACTIONS="true")
    notes = [line for line in done.err.splitlines() if line.startswith("::")]
    lines = read("small/p00.json").decode().split("\n")
    at = 1 + [line.startswith('  "authors"') for line in lines].index(True)
    ok("::error file=small/p00.json,line=%d,title=copydesk check::authors, body" % at in notes, "annotation: file, line of the first key, keys", *notes)
    ok("::error file=small/50%25%2C a%3Ab.txt,line=1,title=copydesk check::50%25, a:b.json is not there" in notes, "annotation: % , : are escaped", *notes)
    ok(len(notes) == 3 and len(report(done)) == 3, "annotations leave standard output alone")
    ok("::" not in run("check", "small").err, "no annotations elsewhere")
    newline = "small/a\nb"
    shutil.copy("small/p02.txt", newline + ".txt")
    done = run("check", "small", GITHUB_ACTIONS="true")
    ok("::error file=small/a%0Ab.txt," in done.err and "missing  small/a\\nb.txt: a\\nb.json is not there\n" in done.out, "a line feed in a name", done.err)


def options():
    fresh()
    done = run("update", "small", CI="true")
    ok(done.returncode == 2 and "--force" in done.err and not done.out, "update is refused where CI is set", done.err)
    ok(run("check", "small", CI="true").returncode == 0, "check is not")
    ok(run("update", "--force", "small", CI="true").returncode == 0, "update --force is not")
    ok(run("update", "small", CI="false").returncode == 0, "CI=false is no CI")
    for arguments in (["check"], ["update"], ["check", "--prune", "small"], ["check", "--url", "x", "small"], ["update", "--now", "2026", "small"],
                      ["check", "-o", "x", "small"], ["check", "--pretty", "small"], ["--diff", "short", "small/p00.txt"], ["--force", "small/p00.txt"],
                      ["check", "--only-field", "body", "small"], ["explain", "--junit", "x", "small"], ["check", "--files-from", "x", "small"]):
        done = run(*arguments)
        ok(done.returncode == 2 and done.err.endswith("; see 'copydesk --help'\n") and not done.out, " ".join(arguments) + ": exit status 2", done.err)
    shutil.copy("small/p00.txt", "check")
    done = run("./check")
    ok(done.returncode == 0 and json.loads(done.out)["input"] == "./check", "./check is a file")


# --- faults --------------------------------------------------------------------------------------------------------------

def unreadable():
    fresh()
    os.symlink("/proc/self/mem", "small/mem.txt")  # opens, but cannot be read: also for root
    os.symlink("nowhere.txt", "small/gone.txt")
    before = state("small")
    done = run("check", "small")
    ok(done.returncode == 2 and done.err == "copydesk: small/gone.txt: No such file or directory\ncopydesk: small/mem.txt: Input/output error\n"
       and "3 as expected, 2 in error" in done.out, "pages that cannot be read: exit status 2, a line each, all else is checked", done.err, done.out)
    done = run("update", "small")
    ok(done.returncode == 2 and state("small") == before, "update makes no expectation of that", done.err)
    done = run("check", "small", "--junit", "j.xml")
    ok(xml.parse("j.xml").getroot().get("errors") == "2", "--junit: errors", read("j.xml"))
    write("small/mem.json", "{}")
    ok(run("check", "small").returncode == 2, "nor is one compared")
    for file in ("mem.txt", "gone.txt", "mem.json"):
        os.remove("small/" + file)
    write("small/image.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10", "wb")
    ok(run("update", "small").returncode == 0 and json.loads(read("small/image.json"))["reason"] == "not_text" and run("check", "small").returncode == 0,
       "a page that is no text can be read: its error record is an expectation")

    for text, message in ((b"{\n\"a\": 1,\n}\n", "p00.json line 3 is no JSON"), (b"", "p00.json line 1 is no JSON"),
                          (b'{"a": "\xff"}', "p00.json is not UTF-8"), (b"[1, 2]", "p00.json is JSON, but neither a record nor a list of records"),
                          (b"{}\n{}\n", "p00.json line 2: more follows the end of the JSON"), (b"<<<<<<< HEAD\n{}\n", "p00.json line 1 is no JSON")):
        write("small/p00.json", text, "wb")
        done = run("check", "small")
        ok(done.returncode == 2 and done.err == "copydesk: small/p00.txt: %s\n" % message, "broken expected file: %r" % text[:12], done.err)
    ok(run("update", "--only-field", "body", "small").returncode == 2 and read("small/p00.json").startswith(b"<<"), "--only-field does not mend it")
    ok(run("update", "small").returncode == 0 and run("check", "small").returncode == 0, "update does")
    write("small/p00.json", b"[" * 100000, "wb")
    ok(run("check", "small").returncode == 2, "deep nesting is no JSON, and no crash")
    os.remove("small/p00.json")
    os.mkdir("small/p00.json")
    done = run("check", "small/p00.txt")
    ok(done.returncode in (1, 2), "a folder in the place of an expected file", done.err)
    ok(run("update", "small/p00.txt").returncode == 2, "cannot be written")
    os.rmdir("small/p00.json")


def no_room():
    fresh()
    edit("small/p00.json", "votes to", "declines to")
    before = state("small")
    done = run("check", "small", "--junit", "/dev/full")
    ok(done.returncode == 2 and done.err == "copydesk: /dev/full: No space left on device\n" and "1 changed" in done.out,
       "--junit on a full disk: exit status 2, the report is there", done.err, done.out)
    ok(run("check", "small/p01.txt", "--junit", "/dev/full").returncode == 2, "also where nothing differs")
    done = run("check", "small", "--junit", "no/such/j.xml")
    ok(done.returncode == 2 and done.err == "copydesk: no/such/j.xml: No such file or directory\n", "--junit in a folder that is not there", done.err)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(COMMAND + ["check", "small"], stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE)
    ok(done.returncode == 2 and done.stderr == b"copydesk: standard output: No space left on device\n", "report on a full disk: exit status 2", done.stderr)

    def limit(ignore):
        def prepare():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN if ignore else signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))
        return prepare
    done = subprocess.run(COMMAND + ["update", "small"], stdin=subprocess.DEVNULL, capture_output=True, preexec_fn=limit(True))
    ok(done.returncode == 2 and done.stderr == b"copydesk: small/p00.txt: p00.json: File too large\n" and state("small") == before,
       "a file that cannot be written to its end: exit status 2, the old one stays, nothing is left beside", done.stderr)
    done = subprocess.run(COMMAND + ["update", "small"], stdin=subprocess.DEVNULL, capture_output=True, preexec_fn=limit(False))
    now = state("small")
    ok(done.returncode == -signal.SIGXFSZ and all(now[f] == before[f] for f in before), "killed within a write: the old file stays", done.returncode)
    ok(run("update", "small").returncode == 0 and run("check", "small").returncode == 0, "what that left does not disturb the next run")

    if os.getuid() == 0 and shutil.which("setpriv"):
        as_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] + COMMAND
    else:
        as_nobody = COMMAND
    os.chmod(".", 0o755)
    if os.getuid() == 0 and (as_nobody is COMMAND or run("--version", command=as_nobody).returncode):
        skip("root may write everywhere, and nobody cannot run the program")
    else:
        fresh()
        edit("small/p00.json", "votes to", "declines to")
        os.remove("small/p01.json")
        os.chmod("small", 0o555)
        before = state("small")
        done = run("update", "small", command=as_nobody)
        ok(done.returncode == 2 and done.err.count("Permission denied\n") == 2 and state("small") == before and "1 as expected, 2 in error" in done.out,
           "a read-only folder: exit status 2, a line each, nothing has changed", done.err, done.out)
        ok(run("check", "small", command=as_nobody).returncode == 1, "check needs no right to write")
        os.chmod("small", 0o755)


def interrupted():
    fresh("inter", range(40))
    for i in range(40):
        edit(path("inter", i, ".json"), '"words": ', '"words": 9')
        write(path("inter", i, ".json"), read(path("inter", i, ".json")).replace(b"votes to", b"declines to"), "wb")
    old = state("inter")
    run("update", "inter")
    new = state("inter")
    for file in old:
        write(file, old[file][0], "wb")
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    try:
        while True:
            os.write(writer, b"x" * 4096)
    except BlockingIOError:
        pass
    os.set_blocking(writer, True)  # the pipe is full: the first flush of the report will wait for ever
    process = subprocess.Popen(COMMAND + ["update", "--diff", "full", "inter"], stdin=subprocess.DEVNULL, stdout=writer)
    os.close(writer)
    for _ in range(3000):
        if read(path("inter", 0, ".json")) != old[path("inter", 0, ".json")][0]:
            break
        signal.sigtimedwait([], 0.01)
    signal.sigtimedwait([], 0.3)
    process.send_signal(signal.SIGTERM)
    ended = process.wait(20)
    os.close(reader)
    now = state("inter")
    written = sum(now[f][0] == new[f][0] != old[f][0] for f in now)
    ok(ended == -signal.SIGTERM and set(now) == set(old) and all(now[f][0] in (old[f][0], new[f][0]) for f in now) and 0 < written < 40,
       "interrupted: each file is the old or the new one, whole, and nothing is left beside", ended, written, set(now) ^ set(old))
    run("update", "inter")
    ok({f: b[0] for f, b in state("inter").items()} == {f: b[0] for f, b in new.items()}, "the next update goes on where it stopped")


# --- the README's recipes ------------------------------------------------------------------------------------------------

def recipes():
    """The recipes of README.md: their files are written out as they stand there, and their shell lines run in a small project."""
    text = open(os.path.join(TOP, "README.md"), encoding="utf-8").read()
    section = re.search(r"^## Fixtures in CI\n(.*?)^## ", text, re.M | re.S)
    blocks = dict(re.findall(r"`([^`\n]+)`[^\n`]*:\n\n```(?:yaml|make)\n(.*?)```", section.group(1), re.S)) if section else {}
    files = [".github/workflows/fixtures.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml", "Makefile"]
    ok(sorted(blocks) == sorted(files), "README: the four recipes are there", sorted(blocks))
    if sorted(blocks) != sorted(files):
        return
    shutil.rmtree("project", ignore_errors=True)
    os.makedirs("project/bin")
    write("project/bin/copydesk", "#!/bin/sh\nexec %s \"$@\"\n" % " ".join(map(shlex.quote, COMMAND)))
    os.chmod("project/bin/copydesk", 0o755)
    for file, block in blocks.items():
        os.makedirs(os.path.dirname(os.path.join("project", file)) or ".", exist_ok=True)
        write(os.path.join("project", file), block)
    fresh("project/tests/fixtures", range(4))
    bin_path = os.path.abspath("project/bin") + ":" + os.environ["PATH"]

    def shell(script, **environment):
        return run("-e", "-c", script, command=["sh"], cwd="project", PATH=bin_path, **environment)

    def lines(file, pattern):
        found = [line for line in re.findall(pattern, blocks[file], re.M) if "copydesk check" in line]
        ok(len(found) == 1, "README, %s: one line runs check" % file, found)
        return found[0] if found else "false"

    try:
        import yaml
        for file in files[:3]:
            ok(isinstance(yaml.safe_load(blocks[file]), dict), "README, %s: is YAML" % file)
    except ImportError:
        skip("no python3-yaml")
    github = lines(files[0], r"^ *- run: (.+)$")
    gitlab = lines(files[1], r"^ *- (copydesk .+)$")
    hook = dict(re.findall(r"^ *-? *(entry|files|language|pass_filenames|args): (.+)$", blocks[files[2]], re.M))
    ok("report_junit" not in blocks[files[1]] and re.search(r"junit: (\S+)", blocks[files[1]]).group(1) in gitlab, "README, GitLab: the report is the file that is written")

    def all_recipes(good, what):
        want = 0 if good else 1
        done = shell(github, GITHUB_ACTIONS="true", CI="true")
        ok(done.returncode == want and ("::error file=tests/fixtures/p00.json" in done.err) != good, "README, GitHub Actions: " + what, done.out, done.err)
        done = shell(gitlab, GITLAB_CI="true", CI="true")
        suite = xml.parse(os.path.join("project", re.search(r"junit: (\S+)", blocks[files[1]]).group(1))).getroot()
        ok(done.returncode == want and suite.get("failures") == ("0" if good else "1"), "README, GitLab CI: " + what, done.out, done.err)
        changed = [f for f in ("tests/fixtures/p00.txt", "tests/fixtures/p00.json", "src/main.py") if re.search(hook["files"].strip("'\""), f)]
        done = shell(hook["entry"] + " " + " ".join(changed))
        ok(changed and done.returncode == want, "README, pre-commit: " + what, done.out, done.err)
        done = run("check-fixtures", command=["make", "-s"], cwd="project", PATH=bin_path, MAKEFLAGS="")
        ok((done.returncode == 0) == good, "README, make: " + what, done.out, done.err)

    all_recipes(True, "green")
    edit("project/tests/fixtures/p00.json", "votes to", "declines to")
    all_recipes(False, "red where a page differs")
    done = run("update-fixtures", command=["make", "-s"], cwd="project", PATH=bin_path, MAKEFLAGS="")
    ok(done.returncode == 0 and shell(github).returncode == 0, "README, make: update-fixtures settles it", done.out, done.err)
    done = run("update-fixtures", command=["make", "-s"], cwd="project", PATH=bin_path, MAKEFLAGS="", CI="true")
    ok(done.returncode != 0, "README, make: update-fixtures is refused on a CI server", done.out)


with tempfile.TemporaryDirectory() as work:
    os.chdir(work)
    for part in (demonstration, same_bytes, names_and_keys, orphans, sidecars, html, dumps, lists, views, options, unreadable, no_room, interrupted, recipes):
        part()
    os.chdir(TOP)
print("1..%d" % count)
sys.exit(failures > 0)
