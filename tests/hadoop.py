#!/usr/bin/env python3
"""hadoop.py -- the recipes of the README below Apache Hadoop's Streaming, in its local mode: lines of JSON that Hadoop splits, and WARCs one a task.

    tests/hadoop.py COPYDESK LIB

LIB holds Hadoop's jars; `make hadoop-test` brings them. The mappers are those of the README but for where the program is. Speaks TAP."""
import glob
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

count = failed = 0
STREAMING = ["-D", "mapreduce.framework.name=local", "-D", "fs.defaultFS=file:///"]


def check(name, good, detail=""):
    global count, failed
    count += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", count, name), flush=True)
    if not good:
        print("\n".join("# " + line for line in str(detail)[-2000:].splitlines()))


def bare(data):
    """Records without where they stood; Hadoop puts a TAB behind each line."""
    return sorted(json.dumps({key: value for key, value in json.loads(line).items() if key not in ("input", "record")}) for line in data.splitlines())


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def mappers():
    """Those of the README, as a shell reads them."""
    with open("README.md", encoding="utf-8") as file:
        part = file.read().split("**Hadoop Streaming**")[1].split("**GNU parallel**")[0]
    return [text.replace("\\$", "$") for text in re.findall(r'-mapper "(.*)"', part)]


def stream(lib, path, *options):
    command = ["java", "-cp", lib + "/*", "org.apache.hadoop.streaming.HadoopStreaming", *STREAMING, "-D", "mapreduce.job.reduces=0", *options,
               "-output", path]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    parts = sorted(glob.glob(path + "/part-*"))
    out = b"".join(open(part, "rb").read() for part in parts)
    return done.returncode == 0 and os.path.exists(path + "/_SUCCESS"), len(parts), out, done.stdout.decode("utf-8", "replace")


def warc_of(texts, number):
    out = b""
    for i, text in enumerate(texts):
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + text + b"\n\nNumber %d of %d.\n" % (i, number)
        head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n" % len(http)
        out += gzip.compress(head + http + b"\r\n\r\n")
    return out


def main():
    program, lib = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    lines_mapper, files_mapper = mappers()
    texts = []
    for path in sorted(glob.glob("data/samples/*.txt")):
        with open(path, "rb") as file:
            texts.append(file.read())
    readable = [text for text in texts if not text.startswith((b"\xff\xfe", b"\xfe\xff")) and text.decode("utf-8", "ignore").encode() == text]
    with tempfile.TemporaryDirectory() as home:
        os.chdir(home)
        shutil.copy(program, "copydesk")
        lines = b"".join(b"{broken\n" if i % 50 == 7 else json.dumps({"id": i, "text": readable[i % len(readable)].decode() + "\n\nNumber %d.\n" % i}).encode() + b"\n"
                         for i in range(400))
        write("pages.jsonl", lines)
        want = subprocess.run([program, "-q", "--input-format", "jsonl", "--id-key", "id", "pages.jsonl"], stdout=subprocess.PIPE, check=False).stdout
        good, parts, out, log = stream(lib, "records", "-D", "fs.local.block.size=400000", "-files", "copydesk", "-input", "pages.jsonl", "-mapper", lines_mapper)
        check("400 lines of JSON in %d splits: a record for each, broken lines too" % parts, good and parts > 1 and bare(out) == bare(want), log)
        for number in range(3):
            write("%d.warc.gz" % number, warc_of(texts, number))
        write("warcs.txt", b"".join(b"%s/%d.warc.gz\n" % (home.encode(), number) for number in range(3)))
        want = subprocess.run([program, "-q"] + ["%d.warc.gz" % number for number in range(3)], stdout=subprocess.PIPE, check=False).stdout
        os.mkdir("bin")  # what an installed Hadoop has
        write("bin/hdfs", b'#!/bin/sh\nshift 2\nexec cat "$@"\n')
        os.chmod("bin/hdfs", 0o755)
        os.environ["PATH"] = home + "/bin:" + os.environ["PATH"]
        good, parts, out, log = stream(lib, "files", "-D", "stream.map.input.ignoreKey=true", "-files", "copydesk", "-input", "warcs.txt", "-inputformat",
                                       "org.apache.hadoop.mapred.lib.NLineInputFormat", "-mapper", files_mapper)
        check("three WARCs, one a task (%d): the records of one run" % parts, good and parts == 3 and bare(out) == bare(want), log)
        os.chdir("/")
    print("1..%d" % count)
    return 1 if failed else 0


sys.exit(main())
