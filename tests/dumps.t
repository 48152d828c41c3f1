#!/usr/bin/env python3
"""dumps.t -- what a run promises over packed inputs: the same bytes for every number of jobs and after any kill, a folder that mirrors them,
copies, counts and errors across containers; copydesk as a filter of lines, and beside the tools that split a dump. Speaks TAP; $COPYDESK
names the binary. KILLS=20 PAGES=5000 makes the test of resuming longer."""
import glob
import gzip
import io
import json
import os
import random
import re
import select
import shutil
import signal
import subprocess
import tarfile
import tempfile
import time
import zipfile

TOP = os.getcwd()
PROGRAM = [os.path.join(TOP, word) if i == 0 and "/" in word else word for i, word in enumerate(os.environ.get("COPYDESK", "build/copydesk").split())]
KILLS = int(os.environ.get("KILLS", "4"))
PAGES = int(os.environ.get("PAGES", "200"))
count = 0


def check(name, good, detail=""):
    global count
    count += 1
    print("%sok %d - %s" % ("" if good else "not ", count, name))
    if not good and detail != "":
        print("\n".join("# " + line for line in str(detail)[:1500].splitlines()))


def have(tool, name):
    global count
    if shutil.which(tool):
        return True
    count += 1
    print("ok %d # skip no %s: %s" % (count, tool, name))
    return False


def run(*args, stdin=b"", timeout=120):
    done = subprocess.run(PROGRAM + [str(arg) for arg in args], input=stdin, capture_output=True, timeout=timeout)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def shell(command, **variables):
    """A pipeline of other tools, with copydesk as $copydesk."""
    env = dict(os.environ, copydesk=" ".join(PROGRAM), LC_ALL="C", **variables)
    done = subprocess.run(["bash", "-c", command], stdin=subprocess.DEVNULL, capture_output=True, env=env, timeout=120)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def records(data):
    return [json.loads(line) for line in data.splitlines()]


def bare(data):
    """Records without the keys that say where they stood."""
    return [{key: value for key, value in each.items() if key not in ("input", "record")} for each in records(data)]


def files_below(folder):
    return sorted(os.path.relpath(os.path.join(where, name), folder) for where, _, names in os.walk(folder) for name in names)


# --- dumps ---------------------------------------------------------------------------------------------------------------------------


def make_pages():
    """(name, bytes) of pages of all kinds; every ninth is a copy of an earlier one, some are none at all."""
    paths = sorted(glob.glob(os.path.join(TOP, "data/samples/*.txt"))) + sorted(glob.glob(os.path.join(TOP, "data/samples/*.html")))
    texts = [(os.path.splitext(path)[1], text) for path, text in ((path, read(path)) for path in paths) if b"\0" not in text]
    pages = []
    for i in range(PAGES):
        kind, text = texts[i % len(texts)]
        if i % 23 == 5:
            kind, text = ".txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"%d" % i
        elif i % 9:
            more = b"Sentence number %d stands in this one alone, and number %d follows it." % (i, i * 7)
            text = text + (b"\n<p>%s</p>\n" if kind == ".html" else b"\n\n%s\n") % more
        pages.append(("%04d%s" % (i, kind), text))
    return pages


def pack_tar(path, mode, pages):
    with tarfile.open(path, mode) as tar:
        for name, text in pages:
            info = tarfile.TarInfo(name)
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text))


def warc_of(pages):
    out = b""
    for name, text in pages:
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/%s\r\n\r\n" % (b"html" if name.endswith(".html") else b"plain") + text
        head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://dump.example/%s\r\nWARC-Date: 2025-04-11T10:00:00Z\r\n" % name.encode()
        out += gzip.compress(head + b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(http) + http + b"\r\n\r\n")
    return out


def lines_of(pages):
    """JSON Lines; every fifteenth line is a broken one."""
    out = []
    for i, (name, text) in enumerate(pages):
        line = {"id": name, "html" if name.endswith(".html") else "text": text.decode("utf-8", "replace")}
        out.append("{\"text\": \"no end\n" if i % 15 == 4 else json.dumps(line, ensure_ascii=i % 2 == 0) + "\n")
    return "".join(out).encode()


def make_dumps():
    pages = make_pages()
    sixth = max(1, PAGES // 6)
    parts = [pages[i * sixth:(i + 1) * sixth] for i in range(6)]
    os.makedirs("in/folder")
    pack_tar("in/a.tar.gz", "w:gz", parts[0])
    write("in/b.warc.gz", warc_of(parts[1]))
    write("in/c.jsonl", lines_of(parts[2]))
    for name, text in parts[3]:
        write("in/folder/" + name, text)
    with zipfile.ZipFile("in/g.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts[4]:
            packed.writestr(name, text)
    write("in/h.jsonl.gz", gzip.compress(lines_of(parts[5])))
    pack_tar("whole.tar.xz", "w:xz", parts[0] + parts[3])
    write("in/i.tar.xz", read("whole.tar.xz")[:-400])  # damaged
    with tarfile.open("in/j.tar", "w") as tar:  # without a page
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        tar.addfile(folder)
    write("in/k.jsonl", b'{"text": ""}\n')


# --- runs ----------------------------------------------------------------------------------------------------------------------------


def counts_of(path):
    counts = json.loads(read(path))
    counts.pop("seconds")
    return counts


def same_for_all_jobs():
    options = ["--dedup", "near", "--errors", "errors", "--stats=stats", "-q", "in"]
    _, want, _ = run("-j1", *options)
    bad, counts, all_records = read("errors"), counts_of("stats"), records(want)
    check("all kinds of containers at once: a record for each page, in the order of names and numbers",
          [each["input"] for each in all_records] == sorted(each["input"] for each in all_records) and len(all_records) >= PAGES
          and all([each["record"] for each in all_records if each["input"] == name] == list(range(n)) for name, n in
                  ((name, sum(each["input"] == name for each in all_records)) for name in ("in/a.tar.gz", "in/b.warc.gz", "in/c.jsonl", "in/g.zip", "in/i.tar.xz"))))
    for jobs in (2, 7):
        _, got, _ = run("-j%d" % jobs, *options)
        check("-j%d: the same records, errors and counts" % jobs, got == want and read("errors") == bad and counts_of("stats") == counts)
    check("--errors: the error records of all containers", bad == b"".join(line for line in want.splitlines(True) if b'"status":"error"' in line)
          and {"in/c.jsonl", "in/i.tar.xz", "in/a.tar.gz"} <= {each["input"] for each in records(bad)})
    inputs = files_below("in")
    check("--stats: a container is one input and many pages", counts["inputs"] == len(inputs) and counts["pages"] == len(all_records)
          and sum(counts[key] for key in ("ok", "partial", "empty", "error")) == len(all_records) and counts["reasons"].get("no_pages") == 1, counts)
    copies = [each for each in all_records if each["duplicate_of"]]
    where = {(each["input"], each["record"]): i for i, each in enumerate(all_records)}
    check("--dedup: a copy names an earlier record of another container", counts["duplicates"] == len(copies) > 5
          and any(each["duplicate_of"]["input"] != each["input"] for each in copies)
          and all(all_records[where[each["duplicate_of"]["input"], each["duplicate_of"]["record"]]]["duplicate_of"] is None for each in copies))
    return want, bad, counts


def resume_everywhere(want, bad, counts):
    """What a kill leaves is a part that ends anywhere: so parts of all kinds are gone on with."""
    rng = random.Random(17)
    lines = want.splitlines(True)
    ends = [0]
    for line in lines:
        ends.append(ends[-1] + len(line))
    cuts = [0, 1, ends[1], ends[1] - 1, len(want) - 1, len(want)] + [rng.choice(ends) for _ in range(4)] + [rng.randrange(len(want)) for _ in range(8)]
    wrong = []
    for i, cut in enumerate(cuts):
        write("out.jsonl.part", want[:cut])
        run("-j%d" % (1, 2, 7)[i % 3], "-q", "--dedup", "near", "--errors", "errors", "--stats=stats", "-o", "out.jsonl", "--resume", "in")
        again = counts_of("stats")
        again.pop("rules")
        done = again.pop("resumed")
        if read("out.jsonl") != want or read("errors") != bad or any(again[key] != counts[key] for key in again) or done != max(0, want[:cut].count(b"\n") - 1):
            wrong.append((cut, done))
        os.remove("out.jsonl")
    check("--resume of a part cut at %d places, between containers and within them: the same records, errors and counts" % len(cuts), not wrong, wrong)


def kill_and_resume(want, bad):
    rng = random.Random(4)
    begun = time.monotonic()
    run("-j2", "-q", "--dedup", "near", "-o", "out.jsonl", "in")
    seconds = time.monotonic() - begun
    os.remove("out.jsonl")
    kills = turns = 0
    while turns < 10 * KILLS:
        child = subprocess.Popen(PROGRAM + ["-j2", "-q", "--dedup", "near", "--errors", "errors", "-o", "out.jsonl"] + (["--resume"] if turns else []) + ["in"],
                                 stdin=subprocess.DEVNULL)
        turns += 1
        try:
            child.wait(rng.uniform(0, seconds) * (0.3 + turns / KILLS) if kills < KILLS else 60)
            break
        except subprocess.TimeoutExpired:
            child.kill()
            kills += child.wait() == -signal.SIGKILL
    check("kill -9 %d times, each resumed: the bytes of an undisturbed run" % kills,
          kills and read("out.jsonl") == want and read("errors") == bad and not os.path.exists("out.jsonl.part"), (kills, turns))


def output_dir(want):
    run("-q", "-j2", "--output-dir", "tree", "--dedup", "near", "in")
    names = files_below("tree/in")
    check("--output-dir: a file for each input, .jsonl for a container", names == sorted(
        name + (".json" if name.startswith("folder/") or name == "j.tar" else ".jsonl") for name in files_below("in")), names)
    got = {}
    for name in names:
        for line in read("tree/in/" + name).splitlines(True):
            each = json.loads(line)
            got[each["input"], each["record"]] = line
    check("--output-dir: in them the records of one run", [got.get((each["input"], each["record"])) for each in records(want)] == want.splitlines(True) and len(got) == len(records(want)))
    before = {name: os.stat("tree/in/" + name).st_ino for name in names}
    run("-q", "-j7", "--output-dir", "tree", "--dedup", "near", "in")
    check("--output-dir again, -j7: every file is left as it is", {name: os.stat("tree/in/" + name).st_ino for name in files_below("tree/in")} == before)


def peak_of(*args):
    """Peak KiB of a run, looked at while it lasts: what the kernel says of an ended one includes the Python that started it."""
    peak = 0
    child = subprocess.Popen(PROGRAM + list(args), stdin=subprocess.DEVNULL)
    while child.poll() is None:
        found = re.search(rb"^VmHWM:\s+(\d+)", read("/proc/%d/status" % child.pid), re.M)
        peak = max(peak, int(found.group(1)) if found else 0)
        time.sleep(0.002)
    return peak


def memory():
    """Peak memory does not grow with the number of pages, though workers finish in any order."""
    if any(word in PROGRAM[0] for word in ("asan", "valgrind")):
        check("memory # skip not measured here", True)
        return
    page = os.path.join(TOP, "data/samples/no-headline.txt")
    peaks = []
    for n in (1000, 10000):
        write("list", (page + "\n") * n)
        peaks.append(peak_of("-q", "-j2", "-o", "records", "--files-from", "list"))
    check("-j2: 10,000 pages take no more memory than 1,000: %d and %d KiB" % (peaks[1], peaks[0]), 0 < peaks[1] < peaks[0] + 1536, peaks)


# --- a filter of lines -----------------------------------------------------------------------------------------------------------------


def converse(options):
    """Sends a line and waits for its record before the next is sent; gives the records, or what went wrong."""
    child = subprocess.Popen(PROGRAM + options, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    answers = b""
    lines = [b'{"id": 1, "text": "A headline of a story"}\n', b"{broken\n", b'{"id": 3, "html": "<p>One"}\n', b'{"id": 4}\n',
             b'{"id": 5, "text": "' + b"A long line of words. " * 20000 + b'"}\n', b'{"id": 6, "text": ""}\n']
    for i, line in enumerate(lines):
        child.stdin.write(line)
        child.stdin.flush()
        while answers.count(b"\n") <= i:
            if not select.select([child.stdout], [], [], 10)[0]:
                child.kill()
                child.wait()
                return "no answer to line %d" % (i + 1)
            answers += os.read(child.stdout.fileno(), 1 << 20)
        if answers.count(b"\n") != i + 1:
            return "more than one answer to line %d" % (i + 1)
    child.stdin.close()
    rest = child.stdout.read()
    child.wait()
    return [(each.get("id"), each["record"], each["reason"]) for each in records(answers + rest)]


def line_filter():
    want = [(1, 0, "no_article"), (None, 1, "bad_line"), (3, 2, "no_article"), (4, 3, "bad_line"), (5, 4, None), (6, 5, "no_text")]
    for jobs in (1, 2, 7):
        for options in (["--input-format", "jsonl"], []):
            got = converse(["-j%d" % jobs, "--id-key", "id"] + options)
            check("a line gives its record before the next is sent, -j%d %s" % (jobs, " ".join(options)),
                  isinstance(got, list) and [each[:2] for each in got] == [each[:2] for each in want]
                  and [each[2] for each in got if each[0] != 5] == [each[2] for each in want if each[0] != 5], got)
    got = converse(["-j1", "--id-key", "id", "--input-format", "jsonl", "--dedup", "exact"])
    check("the same with --dedup", isinstance(got, list) and len(got) == 6, got)
    lines = lines_of(make_pages()[:60])
    status, out, _ = run("--input-format", "jsonl", "-q", stdin=lines)
    check("a line out for each line in, errors included", out.count(b"\n") == lines.count(b"\n") and [each["record"] for each in records(out)] == list(range(lines.count(b"\n"))))
    _, cut, _ = run("--input-format", "jsonl", "-q", stdin=lines[:-1])
    check("the last line may lack its line feed", cut == out)
    check("no lines in, no lines out", run("--input-format", "jsonl") == (0, b"", ""))
    _, first, _ = run("--input-format", "jsonl", "-q", stdin=b"no JSON at all\n" + lines)
    check("the first line may be broken", bare(first)[1:] == bare(out) and records(first)[0]["reason"] == "bad_line")


# --- other tools -----------------------------------------------------------------------------------------------------------------------


def tools():
    lines = lines_of(make_pages()[:60])
    write("lines.jsonl", lines)
    _, want, _ = run("-q", "--input-format", "jsonl", "--id-key", "id", stdin=lines)
    if have("jq", "fields of records"):
        status, out, problems = shell("$copydesk -q lines.jsonl | jq -r 'select(.status == \"ok\") | .headline' | wc -l")
        check("jq reads the records", int(out) == sum(each["status"] == "ok" for each in records(want)), problems)
        status, out, problems = shell("grep -v 'no end' lines.jsonl | jq -c '{id, page: .}' | $copydesk -q --text-key page.text --html-key page.html --id-key id")
        check("jq makes the lines", bare(out) == [each for each in bare(want) if each["reason"] != "bad_line"], problems)
    if have("parallel", "--pipe over a dump"):
        status, out, problems = shell("parallel --will-cite -k --pipe --block 20k -j3 $copydesk -q --input-format jsonl --id-key id < lines.jsonl")
        check("GNU parallel --pipe -k: the records of one run", bare(out) == bare(want), problems)
        retried = "mkdir tried 2> /dev/null && exit 9; $copydesk -q --input-format jsonl --id-key id -o {}.out --resume {}; test -e {}.out"
        status, _, problems = shell("split -n l/5 lines.jsonl piece. && parallel --will-cite --joblog jobs --retries 3 -j2 '%s' ::: piece.*" % retried)
        check("GNU parallel --retries over the parts of split, a job of which fails once: the records of one run",
              status == 0 and os.path.isdir("tried") and bare(b"".join(read(path) for path in sorted(glob.glob("piece.*.out")))) == bare(want), problems)
        status, out, problems = shell("parallel --will-cite -k -j3 $copydesk -q {} ::: in/*.* 2> /dev/null")
        check("GNU parallel, a dump each: the records of one run", out == run("-q", *sorted(glob.glob("in/*.*")))[1], problems)
    if have("split", "parts of a dump"):
        shell("split -n l/4 lines.jsonl part. && for part in part.*; do $copydesk -q --input-format jsonl --id-key id -o out.$part < $part; done")
        _, out, problems = shell("cat out.part.*")
        check("split -n l/4, a run each, cat: the records of one run", bare(out) == bare(want), problems)
    if have("xargs", "jobs over a folder"):
        run("-q", "--output-dir", "one", "in")
        shell("find in -type f -print0 | sort -z | xargs -0 -P 4 -n 5 $copydesk -q --output-dir many")
        check("xargs -0 -P 4 with --output-dir: the files of one run", files_below("one") == files_below("many")
              and all(read("one/" + name) == read("many/" + name) for name in files_below("one")))
        _, out, problems = shell("find in/folder -type f -print0 | sort -z | $copydesk -q --files0-from -")
        check("find -print0 | --files0-from -: the records of the folder", out == run("-q", "in/folder")[1], problems)
    if have("tar", "a pipe of pages"):
        _, out, problems = shell("tar -C in/folder -c --sort=name . | $copydesk -q")
        check("tar | copydesk: the records of the folder", bare(out) == bare(run("-q", "in/folder")[1]), problems)
        if have("zstd", "a packed pipe"):
            _, packed, problems = shell("tar -C in/folder -c --sort=name . | zstd -q | $copydesk -q")
            check("tar | zstd | copydesk: the same", packed == out, problems)


home = tempfile.TemporaryDirectory()
os.chdir(home.name)
make_dumps()
everything = same_for_all_jobs()
resume_everywhere(*everything)
kill_and_resume(*everything[:2])
output_dir(everything[0])
memory()
line_filter()
tools()
print("1..%d" % count)
