#!/usr/bin/env python3
"""same.py -- the same pages in every container have the same records, on as many pages as there are.

    tests/same.py COPYDESK [DIR...]

Takes every *.txt and *.html below the folders (data/samples without any) and packs them as folder, tar, tar.gz, tar.zst, zip, JSON Lines, and as
WARC by a writer that is not ours, warcio, plain and packed. Records must be those of the folder but for `input` and `record`. Run by
`make same-test PAGES=DIR`, which brings warcio out of PyPI into a Python of its own. Speaks TAP.
"""
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile

URL, NOW = "https://dump.example/story", "2025-04-11T16:40:00Z"
count = failed = 0


def check(name, good, detail=""):
    global count, failed
    count += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", count, name), flush=True)
    if not good:
        print("\n".join("# " + line for line in str(detail)[:2000].splitlines()))


def pages_below(folders):
    pages = []
    for folder in folders:
        for where, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                if name.endswith((".txt", ".html")):
                    with open(os.path.join(where, name), "rb") as file:
                        pages.append(("%06d%s" % (len(pages), os.path.splitext(name)[1]), file.read()))
    return pages


def records(program, path, *options):
    """Records without where they stood."""
    done = subprocess.run([program, "-q", "-j2", "--url", URL, "--now", NOW, *options, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1, 2):
        return done.stderr.decode("utf-8", "replace")
    return [{key: value for key, value in json.loads(line).items() if key not in ("input", "record")} for line in done.stdout.splitlines()]


def compare(name, got, want):
    wrong = [i for i, (a, b) in enumerate(zip(got, want)) if a != b] if isinstance(got, list) and len(got) == len(want) else got
    detail = ""
    if wrong and isinstance(wrong[0], int):
        a, b = got[wrong[0]], want[wrong[0]]
        detail = "%d differ, the first is page %d: %s" % (len(wrong), wrong[0], {key: (a[key], b[key]) for key in b if a.get(key) != b[key]})
    check("%s: the records of %d pages" % (name, len(want)), not wrong and want, detail or "%d records" % len(got))


def write_tar(path, mode, pages):
    with tarfile.open(path, mode) as tar:
        for name, data in pages:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


def write_lines(path, pages):
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) if path.endswith(".gz") else open(path, "w", encoding="utf-8") as out:
        for name, data in pages:
            out.write(json.dumps({"html" if name.endswith(".html") else "text": data.decode("utf-8")}, ensure_ascii=False) + "\n")


def media_type(name):
    return "text/html" if name.endswith(".html") else "text/plain"


def write_warcio(path, pages):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter
    with open(path, "wb") as out:
        writer = WARCWriter(out, gzip=path.endswith(".gz"))
        writer.write_record(writer.create_warcinfo_record("pages.warc", {"software": "warcio"}))
        for name, data in pages:
            head = StatusAndHeaders("200 OK", [("Content-Type", media_type(name))], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(URL, "response", payload=io.BytesIO(data), http_headers=head, warc_headers_dict={"WARC-Date": NOW}))


def main():
    program = os.path.abspath(sys.argv[1])
    pages = pages_below(sys.argv[2:] or ["data/samples"])
    with tempfile.TemporaryDirectory() as home:
        os.chdir(home)
        os.mkdir("folder")
        for name, data in pages:
            with open("folder/" + name, "wb") as file:
                file.write(data)
        want = records(program, "folder")
        check("the folder: a record for each of %d pages" % len(pages), isinstance(want, list) and len(want) == len(pages))
        for mode in ("w:", "w:gz"):
            name = "pages.tar" + mode[1:].replace(":", ".").rstrip(".")
            write_tar(name, mode, pages)
            compare(name, records(program, name), want)
        if shutil.which("zstd"):
            subprocess.run(["zstd", "-q", "pages.tar"], check=True)
            compare("pages.tar.zst", records(program, "pages.tar.zst"), want)
        with zipfile.ZipFile("pages.zip", "w", zipfile.ZIP_DEFLATED) as out:
            for name, data in pages:
                out.writestr(name, data)
        compare("pages.zip", records(program, "pages.zip"), want)
        for name in ("pages.warc", "pages.warc.gz"):
            write_warcio(name, pages)
            compare(name + " by warcio", records(program, name), want)
        lines = [(i, page) for i, page in enumerate(pages) if is_utf8(page[1])]
        for name in ("pages.jsonl", "pages.jsonl.gz"):
            write_lines(name, [page for _, page in lines])
            compare("%s, of what is UTF-8" % name, records(program, name), [want[i] for i, _ in lines])
        os.chdir("/")
    print("1..%d" % count)
    return 1 if failed else 0


def is_utf8(data):
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False


sys.exit(main())
