#!/usr/bin/env python3
"""spark.py -- copydesk below Apache Spark: each recipe of the README ("Distributed runs") in a local Spark of two workers gives the records
of one run, in order, also where a task is killed and done again. Speaks TAP. Run by `make spark-test`, which brings pyspark.

    tests/spark.py COPYDESK
"""
import glob
import gzip
import json
import os
import sys
import tempfile

from pyspark import SparkConf, SparkContext

copydesk = os.path.abspath(sys.argv[1])
FILTER = copydesk + " -q --input-format jsonl --id-key id"
checks = []


def check(name, good, detail=""):
    checks.append(good)
    print("%sok %d - %s" % ("" if good else "not ", len(checks), name))
    if not good:
        print("# " + str(detail)[:1000])


def one_run(command, lines=None):
    """The records of one run, without Spark."""
    source = ""
    if lines is not None:
        with open("one.jsonl", "w", encoding="utf-8") as file:
            file.write("".join(line + "\n" for line in lines))
        source = " < one.jsonl"
    with os.popen(command + source) as out:
        return out.read().splitlines()


def bare(lines):
    """Records without the two keys that say where a page stood: partitions are numbered from 0."""
    return [{key: value for key, value in json.loads(line).items() if key not in ("input", "record")} for line in lines]


def make_lines(top):
    """JSON Lines of pages of text and HTML, a broken one among them."""
    lines = []
    for turn in range(8):
        for path in sorted(glob.glob(os.path.join(top, "data/samples/*"))):
            with open(path, "rb") as file:
                page = file.read().decode("utf-8", "replace")
            key = "html" if path.endswith(".html") else "text"
            lines.append(json.dumps({"id": "%s-%d" % (os.path.basename(path), turn), key: page + "\n%d\n" % turn}))
        lines.insert(len(lines) - 3, '{"id": "broken", "text": ')
    return lines


def make_warcs(lines):
    names = []
    for part in range(5):
        name = os.path.abspath("part-%d.warc.gz" % part)
        with open(name, "wb") as file:
            for line in lines[part * 20:part * 20 + 20]:
                page = json.loads(line) if not line.startswith('{"id": "broken"') else {"id": "x", "text": "short"}
                kind = "html" if "html" in page else "plain"
                http = b"HTTP/1.1 200 OK\r\nContent-Type: text/%s; charset=utf-8\r\n\r\n" % kind.encode() + page.get("html", page.get("text")).encode()
                head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://dump.example/%s\r\nContent-Length: %d\r\n\r\n" % (page["id"], len(http))
                file.write(gzip.compress(head.encode() + http + b"\r\n\r\n"))
        names.append(name)
    return names


def main():
    top = os.getcwd()
    with tempfile.TemporaryDirectory() as home:
        os.chdir(home)
        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
        spark = SparkContext(conf=SparkConf().setMaster("local[2,3]").setAppName("copydesk").set("spark.ui.enabled", "false").set("spark.ui.showConsoleProgress", "false").set("spark.local.dir", home))
        spark.setLogLevel("OFF")
        lines = make_lines(top)
        want = bare(one_run(FILTER, lines))
        with open("dump.jsonl", "w", encoding="utf-8") as file:
            file.write("".join(line + "\n" for line in lines))

        dump = spark.textFile("dump.jsonl", 6)
        piped = dump.pipe("sh -c '%s; [ $? -le 2 ]'" % FILTER, checkCode=True)
        got = piped.collect()
        check("RDD.pipe over JSON Lines in %d partitions: a line for each line, in order, errors included" % dump.getNumPartitions(),
              dump.getNumPartitions() >= 6 and len(got) == len(lines) and bare(got) == want, len(got))

        once = "sh -c 'mkdir done-before 2> /dev/null && { %s | head -n 3; kill -9 $$; }; %s; [ $? -le 2 ]'" % (FILTER, FILTER)
        got = dump.pipe(once.replace("done-before", os.path.join(home, "done-before")), checkCode=True).collect()
        check("a task is killed after three records: Spark does it again, nothing is lost or twice", os.path.isdir("done-before") and bare(got) == want, len(got))

        names = make_warcs(lines)
        got = spark.parallelize(names, len(names)).pipe("sh -c '%s -q --files-from -; [ $? -le 2 ]'" % copydesk, checkCode=True).collect()
        check("a WARC file a task, by --files-from -: the very records of one run", got == one_run("%s -q %s" % (copydesk, " ".join(names))) and len(got) == 100, len(got))

        piped.filter(lambda line: json.loads(line)["status"] == "ok").saveAsTextFile("out", "org.apache.hadoop.io.compress.GzipCodec")
        kept = []
        for part in sorted(glob.glob("out/part-*.gz")):
            with gzip.open(part, "rt", encoding="utf-8") as file:
                kept += file.read().splitlines()
        check("saveAsTextFile: the parts, one after the other, are the records", bare(kept) == [each for each in want if each["status"] == "ok"], len(kept))
        spark.stop()
        os.chdir(top)
    print("1..%d" % len(checks))
    return 0 if all(checks) else 1


sys.exit(main())
