#!/usr/bin/env python3
"""run.t -- what a run over many pages promises: the same bytes for every number of jobs, goes on after any kill, ends well by a signal, a
folder that mirrors the inputs, copies marked, guards, counts, progress. Speaks TAP; $COPYDESK names the binary. KILLS=20 PAGES=3000 makes
the test of resuming longer."""
import fcntl
import glob
import json
import os
import pty
import random
import re
import resource
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time

TOP = os.getcwd()
for ignored in (signal.SIGINT, signal.SIGHUP):  # as in the background of a shell and below nohup, and so it would be for copydesk
    signal.signal(ignored, signal.SIG_DFL)
PROGRAM = [os.path.join(TOP, word) if i == 0 and "/" in word else word for i, word in enumerate(os.environ.get("COPYDESK", "build/copydesk").split())]
KILLS = int(os.environ.get("KILLS", "6"))
PAGES = int(os.environ.get("PAGES", "250"))
SAMPLES = sorted(glob.glob(os.path.join(TOP, "data/samples/*.txt")))
count = 0


def check(name, good, detail=""):
    global count
    count += 1
    print("%sok %d - %s" % ("" if good else "not ", count, name))
    if not good and detail != "":
        print("\n".join("# " + line for line in str(detail)[:1500].splitlines()))
    sys.stdout.flush()


def run(*args, stdin=b"", timeout=120):
    done = subprocess.run(PROGRAM + [str(arg) for arg in args], input=stdin, capture_output=True, timeout=timeout)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    if os.path.dirname(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def records(data):
    return [json.loads(line) for line in data.splitlines()]


def files_below(folder):
    return sorted(os.path.relpath(os.path.join(where, name), folder) for where, _, names in os.walk(folder) for name in names)


def make_pages():
    """Pages of all kinds, no two alike, some bad, and a list of them."""
    texts = [read(path) for path in SAMPLES]
    for i in range(PAGES):
        text = texts[i % len(texts)]
        if i % 61 == 7:
            text = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10" + b"%d" % i
        elif b"\0" not in text:
            text = text + b"\n\nPage number %d of this test.\n" % i
        write("pages/%02d/%05d.txt" % (i % 7, i), text)
    with open("list", "w") as out:
        names = ["pages/%02d/%05d.txt" % (i % 7, i) for i in range(PAGES)]
        out.write("".join(name + "\n" for name in names[:PAGES // 2] + ["gone.txt"] + names[PAGES // 2:]))


def same_for_all_jobs():
    options = ("--dedup", "near", "--errors", "errors", "--files-from", "list")
    status, want, problems = run(*options)
    bad = read("errors")
    check("a bad page: exit status 2", status == 2, status)
    check("--errors has the error records, in order", bad == b"".join(line for line in want.splitlines(True) if b'"status":"error"' in line) and bad.count(b"\n") > 2)
    for jobs in (2, 7):
        _, got, told = run("-j%d" % jobs, *options)
        check("-j%d: the same bytes, with --dedup near" % jobs, got == want)
        check("-j%d: the same problems" % jobs, told == problems)
        check("-j%d: the same errors" % jobs, read("errors") == bad)


def one_slow_page():
    """While the first page takes long the others are worked on: a pipe far behind it is opened before its record is written."""
    rule = "rule promo.slow%d drop\n  why   a pattern that takes for ever\n  find  (?:x+x+)+y\n  yes   xxy\n  no    nothing of the kind\n"
    write("slow.rules", "".join(rule % i for i in range(250)))
    trap = "".join("%d %s y\n\n" % (i, "x" * 3000) for i in range(30))
    write("slow.txt", read(SAMPLES[0]) + trap.encode())
    write("last.txt", read(SAMPLES[1]))
    names = ["slow.txt"] + [path for path in SAMPLES if "utf-16" not in path] * 2
    _, want, _ = run("--rules", "slow.rules", *names, "last.txt")
    os.remove("last.txt")
    os.mkfifo("last.txt")
    child = subprocess.Popen(PROGRAM + ["-j2", "--rules", "slow.rules"] + names + ["last.txt"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL)
    silent, pipe = True, None
    while silent and pipe is None:
        silent = not select.select([child.stdout], [], [], 0.01)[0]
        try:
            pipe = os.open("last.txt", os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody has opened it yet
            pass
    if pipe is None:
        child.kill()
    else:
        os.write(pipe, read(SAMPLES[1]))
        os.close(pipe)
    got = child.communicate(timeout=60)[0]
    os.remove("last.txt")
    check("a slow page first: the others are worked on meanwhile", silent)
    check("a slow page first: the same bytes", got == want and len(records(got)) == len(names) + 1)


def kill_at_random(options, jobs, seed):
    """Kills runs at random instants, each going on with what the last one left, until one comes to its end. Gives how many were killed."""
    rng = random.Random(seed)
    kills = 0
    for turn in range(KILLS + 1):
        extra = ["--resume"] if kills else []  # a run that was faster than the first kill is begun anew
        child = subprocess.Popen(PROGRAM + ["-j%d" % jobs, "-q", "-o", "out.jsonl"] + extra + options, stdin=subprocess.DEVNULL)
        if turn < KILLS:
            try:
                child.wait(rng.uniform(0.001, kill_at_random.seconds * (0.7 if kills == 0 else 1)))
            except subprocess.TimeoutExpired:
                child.kill()
                kills += child.wait() == -signal.SIGKILL
                if os.path.exists("out.jsonl.part") and rng.random() < 0.5:  # as if it had died in the middle of a write
                    size = os.path.getsize("out.jsonl.part")
                    os.truncate("out.jsonl.part", max(0, size - rng.randrange(3000)))
                continue
            if kills:
                break
            for path in ("out.jsonl", "errors"):
                if os.path.exists(path):
                    os.remove(path)
        else:
            child.wait()
    return kills


def resuming():
    for options, jobs in ((["--files-from", "list"], 1), (["--dedup", "near", "--errors", "errors", "--files-from", "list"], 2)):
        begun = time.monotonic()
        _, want, _ = run("-o", "want.jsonl", *options)
        kill_at_random.seconds = time.monotonic() - begun
        want, bad = read("want.jsonl"), read("errors") if "--errors" in options else b""
        if os.path.exists("out.jsonl"):
            os.remove("out.jsonl")
        kills = kill_at_random(options, jobs, jobs)
        check("killed %d times and resumed, -j%d: the bytes of an undisturbed run" % (kills, jobs),
              kills > 0 and os.path.exists("out.jsonl") and read("out.jsonl") == want and not os.path.exists("out.jsonl.part"))
        if bad:
            check("and those of --errors", read("errors") == bad)
    lines = want.splitlines(True)
    for cut in (0, 1, len(lines[0]) - 1, len(lines[0]), len(lines[0]) + 1, len(want) - 1, len(want)):
        write("out.jsonl.part", want[:cut])
        status, _, problems = run("-j2", "-q", "-o", "out.jsonl", "--resume", *options)
        check("resumed behind byte %d: the same bytes, exit status of a whole run" % cut, read("out.jsonl") == want and status == 2, problems)
    write("out.jsonl.part", b"".join(lines[:50]))
    status, _, problems = run("-o", "out.jsonl", "--resume", "--stats", "-q", *options)
    counts = json.loads(problems.splitlines()[-1])
    _, _, problems = run("-o", "out.jsonl", "--stats", "-q", *options)
    whole = json.loads(problems.splitlines()[-1])
    same = [key for key in whole if key not in ("seconds", "rules", "resumed")]
    check("--stats of a resumed run: all but rules are those of a whole run", counts["resumed"] == 49 and all(counts[key] == whole[key] for key in same), (counts, whole))


def refusals():
    good = SAMPLES[:3]
    _, text, _ = run(*good)
    lines = text.splitlines(True)
    for name, part, options, words in (
            ("of other inputs", b"".join(lines[:2]), [good[1], good[0], good[2]], "written for other inputs"),
            ("of more inputs", b"".join(lines), good[:1], "no more inputs"),
            ("with other options", b"".join(lines[:2]), ["--url", "https://example.com/"] + good, "does not come out the same"),
            ("with one record of another input", b"".join(lines[:1]), good[1:], "its last record, number 1, is not of"),
            ("with half a record at its end", lines[0] + lines[1][:250] + b"trash\n", good, "line 2 is no record"),
            ("with half a record in it", lines[0] + lines[1][:250] + b"trash\n" + lines[2], good, "line 2 is no record"),
            ("that is none", b"nonsense\nnonsense\n", good, "not of")):
        write("out.jsonl.part", part)
        status, _, problems = run("-o", "out.jsonl", "--resume", *options)
        check("--resume with a part %s: exit status 2, a clear message, the part stays" % name,
              status == 2 and words in problems and all(re.match("copydesk: (/\\S*/)?out.jsonl.part: ", line) for line in problems.splitlines())
              and "goes on" not in problems and read("out.jsonl.part") == part, problems)
    os.remove("out.jsonl.part")
    status, _, problems = run("--resume", *good)
    check("--resume without -o is refused", status == 2 and "needs '--output'" in problems, problems)
    status, _, problems = run("--resume", "--pretty", "-o", "x", *good)
    check("--resume with --pretty is refused", status == 2 and "--pretty" in problems, problems)
    write("mine", b"")
    os.remove("mine")
    status, _, _ = run("-o", "mine", "--resume", *good)
    check("--resume without a part begins from the start", status == 0 and read("mine") == text)


def locked():
    os.mkfifo("fifo")
    child = subprocess.Popen(PROGRAM + ["-o", "held.jsonl", "fifo"])
    while not os.path.exists("held.jsonl.part"):
        time.sleep(0.01)
    status, _, problems = run("-o", "held.jsonl", SAMPLES[0])
    check("two runs with one -o: the second is refused", status == 2 and "another run writes to held.jsonl.part" in problems, problems)
    child.send_signal(signal.SIGINT)
    check("a run that waits for a pipe ends by SIGINT with status 130", child.wait(20) == 130)
    check("and leaves no part that is empty", not os.path.exists("held.jsonl.part") and not os.path.exists("held.jsonl"))
    bad = []
    for i in range(25):  # the signal may come at any instant of the beginning
        child = subprocess.Popen(PROGRAM + ["-j%d" % (1 + i % 2), "-o", "held.jsonl", "fifo"], stderr=subprocess.DEVNULL)
        if i % 3:
            time.sleep(i * 0.002)
        else:  # as soon as there is something to be left behind
            while child.poll() is None and not os.path.exists("held.jsonl.part"):
                pass
        child.send_signal(signal.SIGTERM)
        try:
            status = child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            status = child.wait() and "waits"
        if status not in (130, -signal.SIGTERM) or os.path.exists("held.jsonl.part"):
            bad.append((i, status))
    check("SIGTERM at any instant of the beginning: the run ends and leaves nothing", not bad, bad)
    os.remove("fifo")


def wait_for_bytes(path):
    while not (os.path.exists(path) and os.path.getsize(path)):
        time.sleep(0.005)


def signals():
    _, want, _ = run("--files-from", "list")
    os.mkfifo("never")
    with open("list") as lines:
        names = lines.readlines()
    write("stops", "".join(names[:-20]) + "never\n" + "".join(names[-20:]))  # the run cannot end before the signal comes
    for jobs in (1, 2):
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            write("stop.jsonl", b"old")
            child = subprocess.Popen(PROGRAM + ["-j%d" % jobs, "-o", "stop.jsonl", "--files-from", "stops"], stderr=subprocess.PIPE)
            wait_for_bytes("stop.jsonl.part")
            child.send_signal(getattr(signal, name))
            problems = child.communicate(timeout=60)[1].decode()
            part = read("stop.jsonl.part")
            check("%s, -j%d: status 130, the old file stays, whole records so far, says how to go on" % (name, jobs),
                  child.returncode == 130 and read("stop.jsonl") == b"old" and want.startswith(part) and part.endswith(b"\n") and 0 < len(part) < len(want)
                  and "interrupted; %d pages are done" % part.count(b"\n") in problems and "--resume" in problems, problems)
            status, _, _ = run("-j2", "-q", "-o", "stop.jsonl", "--resume", "--files-from", "list")
            check("%s, -j%d: resumed, the same bytes" % (name, jobs), read("stop.jsonl") == want and status == 2)
    for jobs in (1, 2):  # the pipe is full, so that the signal comes in the middle of a write
        child = subprocess.Popen(PROGRAM + ["-j%d" % jobs, "--files-from", "list"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        first = os.read(child.stdout.fileno(), 1)
        time.sleep(0.3)
        child.send_signal(signal.SIGTERM)
        time.sleep(0.1)
        got = first + child.communicate(timeout=60)[0]
        check("SIGTERM while standard output is a full pipe, -j%d: whole records, status 130" % jobs,
              child.returncode == 130 and want.startswith(got) and got.endswith(b"\n"), (child.returncode, got[-100:]))
    child = subprocess.Popen(["nohup"] + PROGRAM + ["-o", "hup.jsonl", "--files-from", "list", "--files-from", "never"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for_bytes("hup.jsonl.part")
    child.send_signal(signal.SIGHUP)
    write("never", "")
    check("a SIGHUP that was ignored (nohup) stays ignored", child.wait(60) == 2 and read("hup.jsonl") == want)


def output_dir():
    names = ["a/one.txt", "a/b/two.txt", "three.txt"]
    for i, name in enumerate(names):
        write("in/" + name, read(SAMPLES[i]))
    os.chdir("in")
    status, out, problems = run("--output-dir", "../tree", "a", "three.txt")
    check("--output-dir: a file for each input, nothing on standard output", files_below("../tree") == ["a/b/two.txt.json", "a/one.txt.json", "three.txt.json"] and out == b"" and status == 0, problems)
    _, want, _ = run("a/b/two.txt")
    check("--output-dir: each has its record", read("../tree/a/b/two.txt.json") == want)
    stamps = {name: os.stat("../tree/" + name).st_mtime_ns for name in files_below("../tree")}
    inodes = {name: os.stat("../tree/" + name).st_ino for name in files_below("../tree")}
    write("three.txt", read(SAMPLES[3]))
    run("-j3", "--output-dir", "../tree", "a", "three.txt")
    check("--output-dir again: the same bytes leave a file untouched", all(os.stat("../tree/" + name).st_mtime_ns == stamps[name] and os.stat("../tree/" + name).st_ino == inodes[name]
                                                                      for name in stamps if name != "three.txt.json"))
    check("--output-dir again: another page makes a new file", os.stat("../tree/three.txt.json").st_ino != inodes["three.txt.json"])
    os.chdir("..")
    write("x/deep/page.txt", read(SAMPLES[0]))
    absolute = os.path.abspath("in/three.txt")
    long = "in/" + "long" * 60 + ".txt"
    write(long, read(SAMPLES[0]))
    os.chdir("x/deep")
    up = ["../../in/three.txt", absolute, "page.txt", "./page.txt", "page.txt", "..//../in/./three.txt", "../../" + long, "-"]
    status, _, problems = run("-j2", "--output-dir", "../../safe", *up, stdin=read(SAMPLES[0]))
    os.chdir("../..")
    made = files_below("safe")
    want = ["_up/_up/in/three.txt.json", "_up/_up/in/three.txt~2.json", absolute[1:] + ".json", "page.txt.json", "page.txt~2.json", "page.txt~3.json", "stdin.json"]
    cut = [name for name in made if "longlong" in name]
    check("--output-dir: no path leads out, absolute ones become relative, names that meet are told apart", sorted(set(made) - set(cut)) == sorted(want) and len(cut) == 1
          and len(os.path.basename(cut[0])) < 255, (made, problems))
    check("--output-dir: nothing is left beside", not [name for name in made if name.endswith(".part")])
    write("in/same", b"")
    write("in/same~3", b"")
    seconds = []
    for n in (1000, 8000):
        write("same", "in/same\nin/same~3\n" * (n // 2))
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        run("-q", "--output-dir", "same%d" % n, "--files-from", "same")
        seconds.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    names = ["in/same.json"] + ["in/same~%d.json" % i for i in range(2, 502) if i != 3] + ["in/same~3.json"] + ["in/same~3~%d.json" % i for i in range(2, 501)]
    check("--output-dir: one path many times has a file each time", files_below("same1000") == sorted(names), files_below("same1000")[:20])
    check("--output-dir: eight times as many copies take no thirty times as long", seconds[1] < 30 * max(seconds[0], 0.05), seconds)
    write("blocked", b"a file")
    status, _, problems = run("--output-dir", "blocked", SAMPLES[0])
    check("--output-dir that is a file: exit status 2 and a message", status == 2 and "blocked" in problems, problems)
    status, _, problems = run("--output-dir", "t", "-o", "f", SAMPLES[0])
    check("--output-dir with -o is refused", status == 2 and "exclude" in problems, problems)


def own_output():
    """What a run writes into the folders that it reads is none of its pages, whatever the number of jobs and however often it runs."""
    names = ["many/sub/one.txt", "many/two.txt"]
    for i, name in enumerate(names):
        write(name, read(SAMPLES[i]))
    want = run("many")[1]
    for i, jobs in enumerate((1, 8, 1)):
        status, _, problems = run("-j%d" % jobs, "-o", "many/out.jsonl", "--errors", "many/sub/bad", "--stats=many/stats", "many")
        check("-o, --errors and --stats in the folder that is read, -j%d, run %d" % (jobs, i + 1), status == 0 and read("many/out.jsonl") == want
              and json.loads(read("many/stats"))["pages"] == 2, (read("many/out.jsonl")[-300:], problems))
    _, _, problems = run("--progress", "-o", "many/out.jsonl", "--errors", "many/sub/bad", "many")
    check("--progress does not count them", "copydesk: 3 of 3 pages" in problems, problems) # --stats is not given
    os.remove("many/stats")
    os.remove("many/sub/bad")
    os.remove("many/out.jsonl")
    for i, jobs in enumerate((1, 8)):
        with open("many/shell", "wb") as out, open("many/log", "wb") as err:
            subprocess.run(PROGRAM + ["-j%d" % jobs, "many"], stdout=out, stderr=err, timeout=60)
        check("standard output and error in that folder, -j%d" % jobs, read("many/shell") == want, read("many/shell")[-300:])
    os.remove("many/shell")
    os.remove("many/log")
    run("rules", "stats", "many", "-o", "uses")
    run("rules", "stats", "many", "-o", "many/uses")
    run("rules", "stats", "many", "-o", "many/uses")
    check("rules stats -o in that folder", read("many/uses") == read("uses"), read("many/uses"))
    os.remove("many/uses")
    for jobs in (1, 8):
        status, _, problems = run("-j%d" % jobs, "--output-dir", "many/od", "many")
        check("--output-dir in the folder that is read, -j%d" % jobs, files_below("many/od") == ["many/sub/one.txt.json", "many/two.txt.json"] and status == 0, files_below("many/od"))
    write("folders", "many/sub\n")
    for given in (["many"], ["many/sub"], ["--files-from", "folders"]):
        status, out, problems = run("--output-dir", "many", *given)
        check("--output-dir above the folder %s is refused" % given[-1], status == 2 and "option '--output-dir': the folder 'many" in problems and out == b""
              and not os.path.exists("many/many"), problems)
    status, _, problems = run("--output-dir", "many", "many/two.txt")
    check("--output-dir above a file is none of that", status == 0 and os.path.exists("many/many/two.txt.json"), problems)
    page = read("many/two.txt")
    os.symlink("two.txt", "many/link")
    write("paths", "many/two.txt\n")
    for name, args in (("itself", ["-o", "many/two.txt", "many/two.txt"]), ("by a link", ["-o", "many/link", "many/two.txt"]),
                       ("in a list", ["--errors", "many/two.txt", "--files-from", "paths"]), ("for --stats", ["--stats=many/two.txt", SAMPLES[0], "many/two.txt"]),
                       ("as the list", ["-o", "paths", "--files-from", "paths"]), ("as the part", ["-o", "many/two", "many/two.part"])):
        write("many/two.part", page)
        status, out, problems = run(*args)
        check("an output that is an input, %s: refused before anything is written" % name, status == 2 and "is to be read, too" in problems and out == b""
              and read("many/two.txt") == read("many/two.part") == page and read("paths") == b"many/two.txt\n", problems)
    with open("many/two.txt", "ab") as out:
        done = subprocess.run(PROGRAM + ["many/two.txt"], stdout=out, stderr=subprocess.PIPE, timeout=60)
    check("standard output that is an input is refused, too", done.returncode == 2 and b"standard output" in done.stderr and read("many/two.txt") == page, done.stderr)
    for args in (["-o", "new", "--stats=new"], ["-o", "new", "--errors", "new"], ["--errors", "new", "--stats=./new"], ["-o", "new", "--errors", "new.part"], ["-o", "folders", "--errors", "many/../folders"]):
        status, out, problems = run(*args, SAMPLES[0])
        check("%s: two outputs in one file are refused" % " ".join(args), status == 2 and "write to one file" in problems and out == b"" and not glob.glob("new*")
              and read("folders") == b"many/sub\n", problems)
    status, _, problems = run("-o", "/dev/null", "--errors", "/dev/null", "--stats=/dev/null", SAMPLES[0])
    check("a device may be several outputs", status == 0 and problems == "", problems)


def dedup():
    story = read([path for path in SAMPLES if "one-line" in path][0]).decode()
    paragraphs = [line for line in story.split("\n") if len(line) > 200]
    changed = story.replace(paragraphs[0], paragraphs[0] + " Nobody was hurt, officials said.", 1)
    write("a.txt", story)
    write("b.txt", story.replace("\n", "\r\n") + "\nShare this story\n")
    write("c.txt", changed)
    others = SAMPLES[:2]
    names = ["a.txt", others[0], "b.txt", "c.txt", others[1], "a.txt"]
    of = lambda how, *rest: [record.get("duplicate_of", "no key") for record in records(run("--dedup", how, *rest, *names)[1])]
    first = {"input": "a.txt", "record": None}
    check("--dedup exact: same words are a copy, of the first", of("exact") == [None, None, first, None, None, first], of("exact"))
    check("--dedup near: so are nearly the same words", of("near") == [None, None, first, first, None, first], of("near"))
    check("--dedup: the same for -j7", of("near", "-j7") == of("near"))
    plain, marked = run(*names)[1], run("--dedup", "near", *names)[1]
    check("--dedup: nothing else of a record changes; without it there is no key", plain == re.sub(rb',"duplicate_of":(null|\{.*?\})\}\n', b"}\n", marked) and b"duplicate_of" not in plain)
    pretty = run("--dedup", "near", "--pretty", "a.txt", "b.txt")[1].decode()
    check("--dedup with --pretty", re.search(r',\n  "duplicate_of": null\n}\n{', pretty) and pretty.endswith(',\n  "duplicate_of": {"input": "a.txt", "record": null}\n}\n'), pretty[-200:])
    status, _, problems = run("--dedup", "some", "a.txt")
    check("--dedup with a wrong word is refused", status == 2 and "exact, near" in problems)
    status, _, problems = run("explain", "--dedup", "near", "a.txt")
    check("--dedup with explain is refused", status == 2 and "is for records" in problems)
    empty = run("--dedup", "near", "--", "/dev/null", "/dev/null")[1]
    check("--dedup: pages without a story are no copies", [record["duplicate_of"] for record in records(empty)] == [None, None])


def guards():
    page = SAMPLES[0]
    size = os.path.getsize(page)
    status, out, problems = run("--max-page-bytes", size - 1, page, SAMPLES[1])
    check("--max-page-bytes: an error record with its reason", status == 2 and records(out)[0]["reason"] == "too_large" and "--max-page-bytes" in problems, problems)
    check("--max-page-bytes: a page of just that size is fine", run("--max-page-bytes", size, page)[0] == 0)
    check("--max-page-bytes: K and M", run("--max-page-bytes", "1M", page)[0] == 0 and run("--max-page-bytes", "1K", page)[0] == 2)
    for bad in ("0", "33M", "1G", "-1", "x", ""):
        check("--max-page-bytes %r is refused" % bad, run("--max-page-bytes", bad, page)[0] == 2 and b"" == run("--max-page-bytes", bad, page)[1])
    low, high = 1, 1 << 32  # the least budget with which the page is done
    while low < high:
        middle = (low + high) // 2
        if run("--page-steps", middle, page)[0] == 0:
            high = middle
        else:
            low = middle + 1
    status, out, problems = run("--page-steps", low - 1, page)
    check("--page-steps: an error record with its reason", status == 2 and records(out)[0]["reason"] == "too_much_work" and "--page-steps" in problems, problems)
    check("--page-steps: more than one step a byte", low > size, (low, size))
    before = run("--page-steps", low, *(SAMPLES * 2), page)[1].splitlines()[-1]
    check("--page-steps: counts the same whatever came before", json.loads(before)["status"] != "error")
    before = run("-j3", "--page-steps", low - 1, *(SAMPLES * 2), page)[1].splitlines()[-1]
    check("--page-steps: also in a run with others", json.loads(before)["reason"] == "too_much_work")
    words = "Seven words stand here in one paragraph."
    plain = "<p>%s</p>\n" % words * 200
    write("plain.html", plain)
    write("tags.html", "<p>%s</p>\n" % "".join('<a href="#">%s</a> ' % word for word in words.split()) * 200)
    write("deep.html", "<div>" * 1000 + plain + "</div>" * 1000)
    write("ends.html", "<div>" * 1000 + plain + "</b>" * 2000 + "</div>" * 1000)
    write("classes.html", plain.replace("<p>", '<p class="%s">' % ("wide " * 40)))
    least = {}
    for name in ("plain", "tags", "deep", "ends", "classes"):
        low, high = 1, 1 << 32
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if b"too_much_work" not in run("--page-steps", middle, name + ".html")[1] else (middle + 1, high)
        least[name] = low
    check("--page-steps: elements, attributes, depth and end tags of HTML count by what they cost", least["tags"] > least["plain"] + 200 * 7 * 50
          and least["deep"] > least["plain"] + 200 * 1000 and least["ends"] > least["deep"] + 2000 * 1000 and least["classes"] > least["plain"] + 200 * 400, least)


def stats():
    options = ["--stats=stats.json", "--dedup", "exact", "-q", "--files-from", "list"]
    _, out, problems = run(*options)
    counts, lines = json.loads(read("stats.json")), records(out)
    check("-q: not a word on standard error", problems == "", problems)
    check("--stats=FILE: pages by status", [counts[key] for key in ("inputs", "pages")] == [len(lines)] * 2
          and all(counts[state] == sum(line["status"] == state for line in lines) for state in ("ok", "partial", "empty", "error")), counts)
    check("--stats: reasons", counts["reasons"] == {reason: sum(line["reason"] == reason for line in lines) for reason in sorted({line["reason"] for line in lines} - {None})}, counts)
    check("--stats: duplicates, bytes, seconds", counts["duplicates"] == sum(line["duplicate_of"] is not None for line in lines) and counts["seconds"] > 0
          and counts["bytes"] == sum(os.path.getsize(name) for name in open("list").read().split() if os.path.exists(name)), counts)
    removed = {}
    for line in lines:
        for kind, n in line["removed"].items():
            removed[kind] = removed.get(kind, 0) + n
    check("--stats: removed blocks are the sum of the records", counts["removed"] == removed, counts)
    hits = list(counts["rules"].values())
    check("--stats: ten rules, the busiest first", len(hits) == 10 and hits == sorted(hits, reverse=True))
    run("-j3", *options)
    again = json.loads(read("stats.json"))
    check("--stats: -j3 counts the same but for the seconds", {**again, "seconds": 0} == {**counts, "seconds": 0}, again)
    _, _, problems = run("--stats", SAMPLES[0])
    check("--stats: one line of JSON on standard error", len(problems.splitlines()) == 1 and json.loads(problems)["ok"] == 1, problems)
    status, _, problems = run("--stats=/nowhere/file", SAMPLES[0])
    check("--stats=FILE that cannot be written: exit status 2 and a message", status == 2 and "/nowhere/file" in problems, problems)


def on_terminal(args, columns=100):
    """What a terminal as standard error gets, and the exit status."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    child = subprocess.Popen(PROGRAM + args, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=slave, env=dict(os.environ, TERM="xterm"))
    os.close(slave)
    shown = b""
    while True:
        try:
            if not select.select([master], [], [], 120)[0]:
                break
            piece = os.read(master, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(master)
    return shown.decode("utf-8", "replace"), child.wait()


def feed_slowly(names):
    """Opens pipes that a run reads one after the other, each a while after the one before: so a run takes its time on any machine."""
    for name in names:
        time.sleep(0.6)
        write(name, read(SAMPLES[0]))


def on_slow_terminal(args, columns=100):
    pipes = ["pipe%d" % i for i in range(4)]
    feeder = threading.Thread(target=feed_slowly, args=(pipes,))
    feeder.start()
    shown = on_terminal(args, columns)
    feeder.join()
    return shown


def progress():
    with open("list") as lines:
        again = lines.read()
    for i in range(4):
        os.mkfifo("pipe%d" % i)
    write("longer", "".join(again + "pipe%d\n" % i for i in range(4)) + again)
    total = 5 * (PAGES + 1) + 4
    shown, status = on_slow_terminal(["-j2", "-o", "p.jsonl", "--files-from", "longer"])
    line = r"copydesk: [\d,]+ of %s pages, [\d,]+ pages/s, [\d.]+ MB/s, [\d,]+ errors?" % format(total, ",")
    check("progress on a terminal: one line, written over", len(re.findall("\r\033\\[K" + line, shown)) >= 2, shown[-600:])
    check("progress: time left", re.search(line + r", \d+:\d\d left", shown), shown[-600:])
    check("progress: the last line stays", re.search(line + r", [\d.]+ s\r\n$", shown) and "%s of %s" % ((format(total, ","),) * 2) in shown, shown[-300:])
    screen = []
    for row in shown.replace("\r\n", "\n").split("\n"):
        screen.append(row.split("\r\033[K")[-1])
    check("progress: no problem runs into the line", all(re.fullmatch(line + r".*|copydesk: (pages/\S+|gone.txt|pipe\d): [^,]*|", row) for row in screen), [row for row in screen][:5])
    shown, _ = on_slow_terminal(["-j2", "-q", "-o", "p.jsonl", "--files-from", "longer"])
    check("-q: nothing on the terminal", shown == "", shown[-300:])
    shown, _ = on_slow_terminal(["-j2", "-o", "p.jsonl", "--files-from", "longer"], columns=30)
    rows = re.findall("\r\033\\[K([^\r]*)", shown)
    check("progress: never wider than the terminal", rows and all(len(row) < 30 for row in rows if re.match(r"copydesk: [\d,]+ ", row) and not row.endswith(" s")), rows[:3])
    _, _, problems = run(SAMPLES[0])
    check("no progress where standard error is no terminal", problems == "")
    _, _, problems = run("--progress", SAMPLES[0], SAMPLES[1])
    check("--progress forces it: one plain line", re.fullmatch(r"copydesk: 2 of 2 pages, [^\033\r]* s\n", problems), problems)
    _, _, problems = run("--progress", os.path.join(TOP, "data/samples"))
    check("--progress: a folder's pages are counted", re.search(r"^copydesk: (\d+) of \1 pages", problems, re.M), problems)
    _, _, problems = run("--progress", "-", stdin=read(SAMPLES[0]))
    check("--progress: standard input is one page", "copydesk: 1 of 1 pages" in problems, problems)


def main():
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        make_pages()
        for part in (same_for_all_jobs, one_slow_page, resuming, refusals, locked, signals, output_dir, own_output, dedup, guards, stats, progress):
            if len(sys.argv) == 1 or part.__name__ in sys.argv[1:]:
                part()
        os.chdir(TOP)
    print("1..%d" % count)


main()
