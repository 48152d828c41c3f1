#!/usr/bin/env python3
"""golden.t -- the records of all pages of data/samples, in TAP; run from the top of the repository. $COPYDESK is the command.

For each page: the record is byte for byte tests/golden/NAME.json (`make accept` rewrites these), and valid under
data/record.schema.json. tests/golden/NAME.want.json holds, labelled by hand, what a reader takes from the page; the keys that
agree, over all pages, must not fall below WANTED_FLOOR.
"""
import glob
import json
import os
import re
import shlex
import subprocess
import sys

WANTED_FLOOR = 530  # keys that agree with the hand-labelled records, over all pages

COPYDESK = shlex.split(os.environ.get("COPYDESK", "build/copydesk"))
TYPES = {"object": dict, "array": list, "string": str, "null": type(None), "boolean": bool}
count = 0
failures = 0


def ok(good, name, notes=()):
    global count, failures
    count += 1
    failures += not good
    print("%sok %d - %s" % ("" if good else "not ", count, name))
    if not good:
        for note in notes:
            print("# " + str(note).replace("\n", "\n# "))


def is_type(value, name):
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def same(a, b):
    return type(a) is type(b) and a == b


def problems(value, schema, root, at="record"):
    """What of `schema` (the keywords that record.schema.json uses) `value` does not keep."""
    known = {"$schema", "$id", "$defs", "title", "description", "$ref", "type", "enum", "const", "required", "properties", "minimum", "maximum",
             "minLength", "pattern", "items", "uniqueItems", "additionalProperties", "propertyNames", "allOf", "if", "then", "else"}
    for key in set(schema) - known:
        yield "%s: keyword %s is not known to this test" % (at, key)
    if "$ref" in schema:
        target = root
        for step in schema["$ref"].lstrip("#/").split("/"):
            target = target[step]
        yield from problems(value, target, root, at)
    if "type" in schema:
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if not any(is_type(value, name) for name in names):
            yield "%s: %r is not of type %s" % (at, value, "|".join(names))
            return
    if "enum" in schema and not any(same(value, each) for each in schema["enum"]):
        yield "%s: %r is none of the values listed" % (at, value)
    if "const" in schema and not same(value, schema["const"]):
        yield "%s: %r is not %r" % (at, value, schema["const"])
    if "minimum" in schema and is_type(value, "number") and value < schema["minimum"]:
        yield "%s: %s is below %d" % (at, value, schema["minimum"])
    if "maximum" in schema and is_type(value, "number") and value > schema["maximum"]:
        yield "%s: %s is above %d" % (at, value, schema["maximum"])
    if isinstance(value, str):
        if len(value) < schema.get("minLength", 0):
            yield "%s: too short" % at
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield "%s: %r does not match %s" % (at, value, schema["pattern"])
    if isinstance(value, list):
        if schema.get("uniqueItems") and any(same(a, b) for i, a in enumerate(value) for b in value[:i]):
            yield "%s: items are not unique" % at
        for i, item in enumerate(value):
            yield from problems(item, schema.get("items", {}), root, "%s[%d]" % (at, i))
    if isinstance(value, dict):
        for key in schema.get("required", ()):
            if key not in value:
                yield "%s: %s is missing" % (at, key)
        for key, item in value.items():
            if key in schema.get("properties", {}):
                yield from problems(item, schema["properties"][key], root, at + "." + key)
            elif schema.get("additionalProperties") is False:
                yield "%s: %s is not allowed" % (at, key)
            elif isinstance(schema.get("additionalProperties"), dict):
                yield from problems(item, schema["additionalProperties"], root, at + "." + key)
            yield from problems(key, schema.get("propertyNames", {}), root, at + ": the key " + key)
    for part in schema.get("allOf", ()):
        yield from problems(value, part, root, at)
    if "if" in schema:
        branch = "else" if any(True for _ in problems(value, schema["if"], root, at)) else "then"
        yield from problems(value, schema.get(branch, {}), root, at)


def differences(got, expected):
    a, b = got.splitlines(), expected.splitlines()
    for i in range(max(len(a), len(b))):
        x, y = (a[i] if i < len(a) else None), (b[i] if i < len(b) else None)
        if x != y:
            yield "line %d: got      %s" % (i + 1, x)
            yield "line %d: expected %s" % (i + 1, y)


def main():
    with open("data/record.schema.json", encoding="utf-8") as file:
        schema = json.load(file)
    pages = {os.path.basename(path).rsplit(".", 1)[0]: path for ending in ("txt", "html") for path in glob.glob("data/samples/*." + ending)}
    agree = wanted = 0
    misses = []
    for name, page in sorted(pages.items()):
        done = subprocess.run(COPYDESK + ["--pretty", page], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        got = done.stdout.decode("utf-8", "replace")
        try:
            with open("tests/golden/%s.json" % name, encoding="utf-8", newline="") as file:
                expected = file.read()
        except OSError:
            expected = ""
        ok(got == expected and got != "", name + ": record", list(differences(got, expected))[:12] + [done.stderr.decode("utf-8", "replace")])
        try:
            record = json.loads(got)
        except ValueError as error:
            ok(False, name + ": schema", [error])
            continue
        wrong = list(problems(record, schema, schema))
        if list(record) != schema["required"]:
            wrong.append("keys or their order: %s" % ", ".join(record))
        if done.returncode != {"ok": 0, "partial": 1, "empty": 1}.get(record.get("status"), 2):
            wrong.append("exit status %d with status %s" % (done.returncode, record.get("status")))
        ok(not wrong, name + ": schema", wrong)
        if not os.path.exists("tests/golden/%s.want.json" % name):
            continue
        with open("tests/golden/%s.want.json" % name, encoding="utf-8") as file:
            want = json.load(file)
        for key, value in want.items():
            wanted += 1
            if same(record.get(key), value):
                agree += 1
            else:
                misses.append("%s: %s: got %.150r, wanted %.150r" % (name, key, record.get(key), value))
    print("# as labelled by hand: %d of %d keys" % (agree, wanted))
    if os.environ.get("MISSES"):
        print("\n".join("# " + miss for miss in misses))
    ok(agree >= WANTED_FLOOR, "keys as labelled by hand: %d of %d, not below %d" % (agree, wanted, WANTED_FLOOR), misses)
    print("1..%d" % count)
    return 1 if failures else 0


sys.exit(main())
