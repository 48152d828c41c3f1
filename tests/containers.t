#!/usr/bin/env bash
# containers.t -- what archives, packed files, WARC and JSON Lines promise: the same records as the pages alone would give, by content
# and never by name, one record for each page, damage told and everything before it kept. Speaks TAP; run by prove from the top of
# the repository. $COPYDESK names the binary. Needs python3; what a missing tool would have packed is skipped.
. tests/tap.sh

have() { command -v "$1" > /dev/null; }

# run ARGUMENT...: copydesk; leaves out, err and $status.
run() {
    timeout 60 $copydesk "$@" > out 2> err
    status=$?
}

exits() { [ "$status" -eq "$1" ]; }
silent() { [ ! -s err ]; }
says() { [ "$(cat err)" = "$1" ]; }
mentions() { grep -qF -- "$1" err; }

# seen WANT EXPRESSION: EXPRESSION, which sees the records of out as r and the lines of err as e, is WANT in Python.
seen() {
    python3 -c '
import json, sys
r = [json.loads(line) for line in open("out", encoding="utf-8")]
e = open("err", encoding="utf-8").read().splitlines()
got = eval(sys.argv[2])
if got != eval(sys.argv[1]):
    print("# got %.600r" % (got,))
    sys.exit(1)' "$1" "$2"
}

# same_as FILE: the records of out are those of FILE but for the keys that say where they come from.
same_as() {
    python3 -c '
import json, sys
def records(path):
    with open(path, encoding="utf-8") as lines:
        return [{k: v for k, v in json.loads(line).items() if k not in ("input", "record", "url")} for line in lines]
a, b = records("out"), records(sys.argv[1])
sys.exit(not a or a != b)' "$1"
}

numbered() { seen 'list(range(len(r)))' '[x["record"] for x in r]'; }

# --- the same pages, however they are packed ------------------------------------------------------------------------------
mkdir -p pages/sub/deeper
cp "$top"/data/samples/{agency-dateline,big-menus,french,german,japanese,hard-wrapped-lynx}.txt pages
cp "$top"/data/samples/{utf-16,windows-1251-russian,windows-1252-crlf}.txt pages/sub
cp "$top"/data/samples/{relative-date,home-page-listing}.txt pages/sub/deeper
find pages -type f | sort > list
run pages
cp out folder.want
npages=$(wc -l < list)
check 'folder: every page' seen "$npages" 'len(r)'

# The pages as JSON Lines, WARC and so on, by Python: bytes that no tool of the system decides.
cat > pack.py <<'END'
import gzip, json, random, sys, zipfile, zlib
ENCODINGS = {"utf-16": "utf-16", "windows-1251-russian": "cp1251", "windows-1252-crlf": "cp1252"}
def text(path):
    data = open(path, "rb").read()
    return data.decode(ENCODINGS.get(path.split("/")[-1][:-4], "utf-8"))
def record(kind, body, content_type, uri=None, more=b"", version=b"1.0"):
    head = b"WARC/" + version + b"\r\nWARC-Type: " + kind + b"\r\nWARC-Record-ID: <urn:uuid:7>\r\nWARC-Date: 2025-04-11T16:40:00Z\r\n"
    if uri:
        head += b"WARC-Target-URI: " + uri + b"\r\n"
    return head + b"Content-Type: " + content_type + b"\r\n" + more + b"Content-Length: %d\r\n\r\n" % len(body) + body + b"\r\n\r\n"
def http(body, head=b"Content-Type: text/html\r\n", status=b"200 OK"):
    return b"HTTP/1.1 " + status + b"\r\n" + head + b"\r\n" + body
def response(uri, *args, **options):
    return record(b"response", http(*args, **options), b"application/http; msgtype=response", uri)
def chunks(data, size=1000):
    parts = [data[i:i + size] for i in range(0, len(data), size)]
    return b"".join(b"%x;name=value\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\nTrailer: x\r\n\r\n"
def write(path, data):
    with open(path, "wb") as file:
        file.write(data)
paths = open("list").read().split()
END

python3 - <<'END'
exec(open("pack.py").read())
lines = [json.dumps({"url": "http://example.com/%d" % i, "text": text(path)}) + "\n" for i, path in enumerate(paths)]
write("pages.jsonl", "".join(lines).encode())
write("pages.jsonl.gz", b"".join(gzip.compress(line.encode()) for line in lines))
write("html.jsonl", "".join(json.dumps({"page": {"raw": [text(path)]}, "n": i}) + "\n" for i, path in enumerate(paths)).encode())
END

if have tar; then
    tar cf pages.tar pages
    tar cf pages.tar -T list # in the folder's order
    tar --format=v7 -cf old.tar -T list
    tar --format=ustar -cf ustar.tar -T list
    tar --format=posix -cf posix.tar -T list
    gzip -kc pages.tar > pages.tar.gz
    { head -c 20000 pages.tar | gzip -c; tail -c +20001 pages.tar | gzip -c; } > members.tar.gz
    have zstd && zstd -qc pages.tar > pages.tar.zst
    have xz && xz -c pages.tar > pages.tar.xz
    have bzip2 && bzip2 -c pages.tar > pages.tar.bz2
    have lz4 && lz4 -qc pages.tar > pages.tar.lz4
else
    python3 -c 'import tarfile
t = tarfile.open("pages.tar", "w")
for path in open("list").read().split(): t.add(path)
t.close()'
    gzip -kc pages.tar > pages.tar.gz
fi
python3 -c 'import zipfile
for name, how in (("deflated.zip", zipfile.ZIP_DEFLATED), ("stored.zip", zipfile.ZIP_STORED)):
    with zipfile.ZipFile(name, "w", how) as z:
        for path in open("list").read().split(): z.write(path)'
have zip && zip -q - -@ < list | cat > piped.zip # lengths behind the data
for packed in pages.tar old.tar ustar.tar posix.tar pages.tar.gz members.tar.gz pages.tar.zst pages.tar.xz pages.tar.bz2 pages.tar.lz4 deflated.zip \
    stored.zip piped.zip pages.jsonl pages.jsonl.gz; do
    if [ ! -f $packed ]; then
        skip "$packed: no tool to write it"
        continue
    fi
    run $packed
    check "$packed: the same records as the folder" same_as folder.want
    check "$packed: numbered from 0" numbered
    check "$packed: input is the path" seen "{\"$packed\"}" '{x["input"] for x in r}'
    cp $packed 'misnamed.txt'
    run < misnamed.txt
    check "$packed: from standard input" same_as folder.want
done

# --- packed pages, and names that lie -------------------------------------------------------------------------------------
run pages/german.txt
cp out german.want
gzip -c pages/german.txt > german.html
cp pages/german.txt german.tar.gz
{ head -c 3000 pages/german.txt | gzip -c; tail -c +3001 pages/german.txt | gzip -c; } > two.txt
run german.html
check 'a gzip called .html is unpacked' same_as german.want
check 'a packed page is no container' seen '[None]' '[x["record"] for x in r]'
run german.tar.gz
check 'a page called .tar.gz is a page' same_as german.want
run two.txt
check 'a gzip of two members' same_as german.want
head -c 9000 /dev/zero >> two.txt
run two.txt
check 'zeros behind a gzip are padding' same_as german.want
printf 'more' >> two.txt
run two.txt
check 'other bytes behind a gzip: an error, as they may be a damaged member' seen '[("error", "damaged_archive")]' '[(x["status"], x["reason"]) for x in r]'
python3 - <<'END'
exec(open("pack.py").read())
pieces = [gzip.compress(response(b"http://a.example/%d" % i, open(path, "rb").read(), b"Content-Type: text/plain\r\n")) for i, path in enumerate(paths)]
write("head.warc.gz", pieces[0] + b"\0" + pieces[1][1:] + pieces[2])
END
run head.warc.gz
check 'a member with a damaged head: what stands before, and an error' seen '["ok", "error"]' '[x["status"] for x in r]'
gzip -c german.html > twice
run twice
check 'packed twice' same_as german.want
cp german.html 0 && for i in 1 2 3 4; do gzip -c $((i - 1)) > $i; done
run 4 pages/german.txt
check 'packed for ever: one error' seen '[("error", "nested"), ("ok", None)]' '[(x["status"], x["reason"]) for x in r]'
gzip -c /dev/null > nothing
run nothing
check 'an empty gzip is an empty page' seen '[("empty", "no_text", None)]' '[(x["status"], x["reason"], x["record"]) for x in r]'

mkdir odd
printf 'BZh91AY&SY is how files of bzip2 begin, as every child in Wexcombe knows by now.\n' > odd/bzip2
printf '(\302\265/\303\275 is how zstd looks in Latin-1.\n' > odd/zstd
printf 'PK is short for many things.\n' > odd/zip
printf 'WARC/1.0\nis the name of a format.\n' > odd/warc
printf '{\n  "text": "a"\n}\n' > odd/json
printf '{"name": "a"}\n' > odd/other-json
printf '{"text": "a"} is how a line of JSON looks.\n' > odd/brace
printf '#mtree\n/set type=file\n./page time=1.0\n' > odd/mtree
printf '!<arch>\nfile            1700000000  0     0     100644  4         `\n' > odd/ar
printf '070707000000000000000000000000000000000001000000000000000000000000000000\n' > odd/cpio
{ printf '%257s' '' | tr ' ' x; printf 'ustar is a word\n%600s\n' '' ; } > odd/tar
printf '%s\n' 'begin 644 page' '#86)C' '`' end > odd/uu
run odd
check 'texts that begin oddly are texts' seen '[("empty", None)] * 12' '[(x["status"], x["record"]) for x in r]'
check 'texts that begin oddly: no complaint' silent

# --- members ---------------------------------------------------------------------------------------------------------------
if have tar; then
    mkdir -p tree/.hidden tree/empty tree/a
    cp pages/german.txt tree/a/page; cp pages/german.txt tree/.hidden/page; cp pages/german.txt tree/._page
    ln -s page tree/a/link; ln tree/a/page tree/a/other; mkfifo tree/pipe; ln -s a tree/b
    (cd tree && tar cf ../tree.tar ./a/page ./.hidden ./._page ./a/link ./a/other ./pipe ./empty ./b)
    run tree.tar
    check 'folders, links, pipes and hidden members are passed over' seen 1 'len(r)'
    check 'the one that is left is right' same_as german.want
    tar cf none.tar tree/empty
    run none.tar
    check 'an archive without pages: one record' seen '[("empty", "no_pages", None)]' '[(x["status"], x["reason"], x["record"]) for x in r]'
    check 'an archive without pages: exit status 1' exits 1
    printf '\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\020' > image.png
    tar cf mixed.tar pages/german.txt image.png pages/french.txt
    run mixed.tar
    check 'an image among pages: an error of its own' seen '["ok", "error", "ok"]' '[x["status"] for x in r]'
    check 'an image among pages: the message names the member' mentions 'copydesk: mixed.tar: image.png: not text but a PNG image'
    tar cf one.tar pages/german.txt
    tar cf two.tar pages/french.txt
    for packed in '' .gz; do
        [ -z $packed ] || gzip -k one.tar two.tar
        cat one.tar$packed two.tar$packed > both.tar$packed
        run both.tar$packed
        check "two archives one behind the other, .tar$packed: the pages of both" seen '["de", "fr"]' '[x["language"] for x in r]'
        check "two archives one behind the other, .tar$packed: no damage" exits 0
        { cat one.tar$packed; head -c 700 pages/german.txt; } > behind.tar$packed
        run behind.tar$packed
        check "a text behind an archive, .tar$packed: an error behind the page" seen '["ok", "error damaged_archive"]' '[x["status"] + (" " + x["reason"] if x["reason"] else "") for x in r]'
    done
    { cat one.tar; head -c 7003 /dev/zero; } > zeros.tar
    run zeros.tar
    check 'zeros behind an archive, and no whole blocks of them: no damage' exits 0
    size=$(python3 -c 'import tarfile; m = tarfile.open("pages.tar").getmembers()[1]; print(m.offset)')
    head -c "$size" pages.tar > edge.tar
    run edge.tar
    check 'a tar that breaks off between two members: the pages, and an error' seen '[None, "damaged_archive"]' '[x["reason"] for x in r]'
    check 'a tar that breaks off between two members: exit status 2' exits 2
    for cut in 1 9 22 40 100; do # the end, and the list of members
        head -c -$cut deflated.zip > cut.zip
        for from in cut.zip -; do
            run $from < cut.zip
            check "a zip without its last $cut bytes, from $from: every page, and an error" seen "['ok'] * $npages + ['damaged_archive']" \
                '["ok" if x["reason"] != "damaged_archive" else x["reason"] for x in r]'
        done
    done
    LC_ALL=C.UTF-8 python3 -c 'import tarfile
t = tarfile.open("names.tar", "w", format=tarfile.PAX_FORMAT)
t.add("pages/german.txt", arcname="h\u00e4user/\u4e2d.txt")
t.close()'
    run --keep path --id-key path names.tar
    check 'a name in pax and UTF-8, in the C locale' seen '[("h\u00e4user/\u4e2d.txt", {"path": "h\u00e4user/\u4e2d.txt"})]' '[(x["id"], x["kept"]) for x in r]'
    python3 -c 'exec(open("pack.py").read())
write("in.jsonl", (json.dumps({"text": text("pages/german.txt")}) + "\n" + json.dumps({"text": text("pages/french.txt"), "path": 7}) + "\n").encode())
write("in.warc", response(b"http://a.example/1", b"<p>" + open("pages/german.txt", "rb").read()))'
    tar cf lines.tar in.jsonl in.warc
    run --keep path --id-key path lines.tar
    check 'lines and WARC records in an archive: --keep path' seen '["in.jsonl", 7, "in.warc"]' '[x["kept"]["path"] for x in r if x["id"] == x["kept"]["path"]]'
    gzip -c pages/german.txt > page.gz
    tar cf packed.tar page.gz deflated.zip pages.jsonl.gz pages/german.txt
    gzip -f packed.tar
    run packed.tar.gz
    check 'containers in containers are numbered through' numbered
    check 'containers in containers: all pages' seen "2 + 2 * $npages" 'len([x for x in r if x["status"] != "error"])'
    cp pages.tar deep1; for i in 2 3 4; do tar cf deep$i deep$((i - 1)) pages/german.txt; done
    run deep4
    check 'nested too deep: an error, and the rest' seen '[("error", "nested"), ("ok", None), ("ok", None), ("ok", None)]' '[(x["status"], x["reason"]) for x in r]'
    check 'nested too deep: the message names the way' mentions 'copydesk: deep4: deep3: deep2: deep1: more containers inside one another than the limit'
    head -c 40000000 /dev/zero | tr '\0' a > large.txt
    tar czf large.tar.gz large.txt pages/german.txt
    run large.tar.gz
    check 'a member over the limit: an error, and the rest' seen '[("error", "too_large"), ("ok", None)]' '[(x["status"], x["reason"]) for x in r]'
    gzip -c large.txt > large.gz
    run large.gz pages/german.txt
    check 'a packed page over the limit' seen '[("error", "too_large"), ("ok", None)]' '[(x["status"], x["reason"]) for x in r]'
    rm -f large.txt large.gz
else
    skip 'no tar'
fi
if have zip; then
    zip -q -P secret secret.zip pages/german.txt
    zip -q secret.zip pages/french.txt
    run secret.zip
    check 'an encrypted member: an error, and the rest' seen '[("error", "encrypted"), ("ok", None)]' '[(x["status"], x["reason"]) for x in r]'
    check 'an encrypted member: message' mentions 'copydesk: secret.zip: pages/german.txt: is encrypted'
    run < secret.zip
    check 'an encrypted member from standard input' seen '[("error", "encrypted"), ("ok", None)]' '[(x["status"], x["reason"]) for x in r]'
else
    skip 'no zip'
fi
python3 -c 'import zipfile
for name, first in (("o.docx", "[Content_Types].xml"), ("o.epub", "mimetype")):
    with zipfile.ZipFile(name, "w") as z: z.writestr(first, "x"); z.writestr("a.xml", "<a/>")
zipfile.ZipFile("none.zip", "w").close()'
run o.docx o.epub none.zip
check 'Office documents and e-books are no archives of pages' seen '["not_text", "not_text", "no_pages"]' '[x["reason"] for x in r]'

# --- WARC ------------------------------------------------------------------------------------------------------------------
python3 - <<'END'
exec(open("pack.py").read())
page = open("pages/german.txt", "rb").read()
deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
bare = deflate.compress(page) + deflate.flush()
packed = gzip.compress(page)
HTML = b"Content-Type: text/html\r\n"
good = [
    response(b"<http://a.example/0>", page),
    response(b"http://a.example/1", chunks(page), HTML + b"Transfer-Encoding: chunked\r\n"),
    response(b"http://a.example/2", packed, HTML + b"content-encoding: gzip\r\n"),
    response(b"http://a.example/3", chunks(packed, 99), HTML + b"TRANSFER-ENCODING:chunked\r\nContent-Encoding: x-gzip\r\n"),
    response(b"http://a.example/4", zlib.compress(page), HTML + b"Content-Encoding: deflate\r\n"),
    response(b"http://a.example/5", bare, HTML + b"Content-Encoding: deflate\r\n"),
    response(b"http://a.example/6", page, HTML + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),  # both undone by the crawler
    response(b"http://a.example/7", page.decode().encode("cp1252"), b"Content-Type: text/html; charset=\"windows-1252\"\r\n"),
    response(b"http://a.example/8", page, b"Content-Type: text/html; charset=ISO-8859-1\r\n"),
    response(b"http://a.example/9", page, b"Content-Type: text/html; charset=none\r\n"),
    response(b"http://a.example/10", page, b"Server: x\r\n"),
    record(b"resource", page, b"text/html; charset=utf-8", b"http://a.example/11", version=b"1.1"),
    record(b"conversion", page, b"text/plain", b"http://a.example/12"),
]
other = [
    record(b"warcinfo", b"software: x\r\n", b"application/warc-fields"),
    record(b"request", b"GET / HTTP/1.1\r\n\r\n", b"application/http; msgtype=request", b"http://a.example/0"),
    record(b"revisit", b"HTTP/1.1 200 OK\r\n\r\n", b"application/http; msgtype=response", b"http://a.example/0"),
    record(b"metadata", b"fetchTimeMs: 1\r\n", b"application/warc-fields", b"http://a.example/0"),
    response(b"http://a.example/i", b"\x89PNG\r\n\x1a\n", b"Content-Type: image/png\r\n"),
    record(b"resource", b"\x89PNG\r\n\x1a\n", b"image/png", b"http://a.example/j"),
]
records = [other[0]] + [r for pair in zip(good, other * 3) for r in pair]
write("good.warc", b"".join(records))
write("good.warc.gz", b"".join(gzip.compress(r) for r in records))
write("whole.warc.gz", gzip.compress(b"".join(records)))
write("bad.warc", b"".join([
    response(b"http://a.example/404", b"gone", status=b"404 Not Found"),
    response(b"http://a.example/301", b"", b"Location: /\r\n", status=b"301 Moved"),
    response(b"http://a.example/c1", chunks(page)[:3000] + b"zz\r\n", b"Transfer-Encoding: chunked\r\n"),
    response(b"http://a.example/c2", b"10\r\n0123456789abcdef\r\nffffffffffffffffffff\r\nx", b"Transfer-Encoding: chunked\r\n"),
    response(b"http://a.example/c3", b"fffffffffffffff\r\nx", b"Transfer-Encoding: chunked\r\n"),
    response(b"http://a.example/z", packed[:-300], b"Content-Encoding: gzip\r\n"),
    response(b"http://a.example/br", b"\x0b\x02\x80hello\x03", b"Content-Encoding: br\r\n"),
    record(b"response", b"no HTTP", b"application/http", b"http://a.example/n"),
    response(b"http://a.example/bomb", gzip.compress(b"a" * 40000000), b"Content-Encoding: gzip\r\n"),
    response(b"http://a.example/large", b"a" * 40000000),
    response(b"http://a.example/good", page),
]))
write("relative.warc", response(b"http://a.example/r", open("pages/sub/deeper/relative-date.txt", "rb").read()))
cut = response(b"http://a.example/0", page) * 2
write("nolength.warc", cut.replace(b"Content-Length", b"Content-Width", 2)[: len(cut)])
write("noise.warc", response(b"http://a.example/0", page) + b"noise " * 400)
write("lf.warc", b"WARC/1.0\nWARC-Type: conversion\nContent-Type: text/plain\nContent-Length: %d\n\n%s\n\n" % (len(page), page) * 2)
END
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13; do cat german.want; done > 13.want
for packed in good.warc good.warc.gz whole.warc.gz; do
    run $packed
    check "$packed: every page, and nothing else" same_as 13.want
    check "$packed: addresses" seen '["http://a.example/%d" % i for i in range(13)]' '[x["url"] for x in r]'
    check "$packed: numbered" numbered
    run < $packed
    check "$packed: from standard input" same_as 13.want
done
run lf.warc
check 'a WARC with bare line feeds' seen '["ok", "ok"]' '[x["status"] for x in r]'
run bad.warc
check 'bad responses: what became of each' seen '[("empty", "http_status")] * 2 + [("error", "bad_http")] * 6 + [("error", "too_large")] * 2 + [("ok", None)]' '[(x["status"], x["reason"]) for x in r]'
check 'bad responses: a message for each error' seen 8 'len(e)'
check 'bad responses: a message names the record' mentions 'copydesk: bad.warc: record 3: the chunks of the HTTP body are damaged'
check 'bad responses: their addresses' seen '"http://a.example/404"' 'r[0]["url"]'
run relative.warc
check 'WARC-Date settles relative dates' seen '"2025-04-1"' 'r[0]["date"][:9]'
run noise.warc german.want
check 'noise behind a record: one error' seen '[("ok", None), ("error", "damaged_archive")]' '[(x["status"], x["reason"]) for x in r][:2]'
run nolength.warc
check 'a record without a length: one error' seen '[("error", "damaged_archive")]' '[(x["status"], x["reason"]) for x in r]'
run --keep WARC-Record-ID --keep nothing --id-key warc-target-uri good.warc
check 'headers of a WARC record are passed through' seen '({"WARC-Record-ID": "<urn:uuid:7>", "nothing": None}, "http://a.example/1")' '(r[1]["kept"], r[1]["id"])'
run --input-format warc pages/german.txt
check '--input-format warc: what is none is an error' seen '[("error", "damaged_archive")]' '[(x["status"], x["reason"]) for x in r]'
run --input-format text good.warc
check '--input-format text: what pages are packed in is opened' same_as 13.want

# --- JSON Lines ------------------------------------------------------------------------------------------------------------
run --text-key page.raw html.jsonl
check 'a key that is no string: an empty page' seen '"no_text"' 'r[0]["reason"]'
printf '%s\n' '{"text": "a", "id": 12345678901234567890, "meta": {"a": {"b": [1,  2.50, true, "\u00e9\u0000\ud800\n"]}}, "a.b": 1}' 'broken' '' \
    '{"x": 1}' '[1]' '{"text": null}' '{"text": "a"} trailing' '{"text": "a", "id": "x"}' > lines.jsonl
printf '{"text": "last"}' >> lines.jsonl
run --id-key id --keep meta.a --keep a.b --keep none lines.jsonl
check 'JSON Lines: a record for each line but blank ones, in order' seen '["no_article", "bad_line", "bad_line", "bad_line", "no_text", "bad_line", "no_article", "no_article"]' '[x["reason"] for x in r]'
check 'JSON Lines: exit status 2 where a line is broken' exits 2
check 'JSON Lines: a message names file and line' mentions 'copydesk: lines.jsonl: line 2: the line cannot be read: it is no JSON'
check 'JSON Lines: a message names the keys' mentions 'copydesk: lines.jsonl: line 4: no page: the line has no key html, raw_html, text'
check 'JSON Lines: id digit for digit' grep -q '"id":12345678901234567890,' out
python3 -c 'deep = "[" * 1001 + "]" * 1001
json = "{\"a\": %s, \"text\": \"Nobody reads this.\"}\n"
open("deep.jsonl", "w").write(json % deep + "{\"text\": \"But this.\"}\n" + json % deep[2:-2] + json % ("\"" + deep + "\""))'
run deep.jsonl
check 'JSON Lines: a line that is nested too deep is one' seen '["bad_line", "no_article", "no_article", "no_article"]' '[x["reason"] for x in r]'
check 'JSON Lines: a line that is nested too deep: the message' says 'copydesk: deep.jsonl: line 1: the line cannot be read: it is nested deeper than the limit CD_LIMIT_JSON_DEPTH'
run --id-key id --keep meta.a --keep a.b --keep none lines.jsonl
check 'JSON Lines: id and kept stand where the schema has them' python3 -c '
import json
order = list(json.load(open("'"$top"'/data/record.schema.json"))["properties"])
got = list(json.loads(next(open("out"))))
order.remove("duplicate_of")
raise SystemExit(got != order)'
check 'JSON Lines: what is kept' seen '{"meta.a": {"b": [1, 2.5, True, "\u00e9\ufffd\ufffd\n"]}, "a.b": 1, "none": None}' 'r[0]["kept"]'
check 'JSON Lines: an id of text' seen '"x"' 'r[6]["id"]'
run lines.jsonl
check 'JSON Lines: no id, no kept without the options' seen 'False' 'any("id" in x or "kept" in x for x in r)'
python3 - <<'END'
exec(open("pack.py").read())
page = text("pages/sub/deeper/relative-date.txt")
write("times.jsonl", "".join(json.dumps(dict(time, text=page, uri="http://b.example/")) + "\n" for time in (
    {"timestamp": "2025-04-11T16:40:00Z"}, {"crawled_at": 1744389600}, {"fetched_at": 1744389600000}, {"x": {"when": "2025-04-11T16:40:00Z"}})).encode())
write("keys.jsonl", (json.dumps({"doc": {"body": text("pages/german.txt"), "link": "http://c.example/"}, "text": "no"}) + "\n").encode())
write("bom.jsonl", b"\xef\xbb\xbf\n" + (json.dumps({"text": text("pages/german.txt")}, ensure_ascii=False) + "\r\n").encode())
write("both.jsonl", (json.dumps({"text": "no", "html": "<html><body>" + "".join("<p>%s</p>" % __import__("html").escape(line) for line in text("pages/german.txt").splitlines()) + "</body></html>"}) + "\n" + json.dumps({"text": text("pages/german.txt"), "html": None}) + "\n").encode())
write("long.jsonl", b'{"text": "' + b"a" * 70000000 + b'"}\n{"text": "a"}\n{"text": "' + b"a" * 34000000 + b'"}\n{"text": "a", "n": [' + b"1," * 1000001 + b"1]}\n")
END
run times.jsonl
check 'JSON Lines: the time settles relative dates' seen '[True, True, True, False]' '[x["date"] is not None for x in r]'
check 'JSON Lines: the address' seen '"http://b.example/"' 'r[0]["url"]'
run --time-key x.when times.jsonl
check 'JSON Lines: --time-key' seen '[False, False, False, True]' '[x["date"] is not None for x in r]'
run --text-key doc.body --url-key doc.link keys.jsonl
check 'JSON Lines: --text-key' same_as german.want
check 'JSON Lines: --url-key' seen '"http://c.example/"' 'r[0]["url"]'
run bom.jsonl
check 'JSON Lines: byte order mark, blank line, CRLF' same_as german.want
run --html-key html both.jsonl
check 'JSON Lines: with --html-key the text is not looked at' seen '"no_text"' 'r[1]["reason"]'
run both.jsonl
check 'JSON Lines: HTML stands before text, text before nothing' seen '[True, True]' '[x["words"] > 100 for x in r]'
run --input-format jsonl odd/json pages/german.txt
check '--input-format jsonl: every line is one' seen '{"bad_line"}' '{x["reason"] for x in r}'
: > empty.jsonl
run --input-format jsonl - < empty.jsonl
check '--input-format jsonl: no line, no record, as a filter of lines' test ! -s out
check '--input-format jsonl: no line is no error' exits 0
run --input-format text keys.jsonl
check '--input-format text: a page may look like JSON' seen '[None]' '[x["record"] for x in r]'
run --input-format jsonl long.jsonl
check 'JSON Lines: lines over limits, and the rest' seen '["too_large", "no_article", "too_large", "bad_line"]' '[x["reason"] for x in r]'
rm -f long.jsonl

# --- the same bytes at any number of jobs -----------------------------------------------------------------------------------
mkdir many && cp pages.jsonl pages.jsonl.gz deflated.zip good.warc.gz lines.jsonl pages/german.txt german.html many
[ -f pages.tar.gz ] && cp pages.tar.gz many
[ -f packed.tar.gz ] && cp packed.tar.gz many
head -c 3000 deflated.zip > many/cut.zip
for n in 1 2 7; do
    run -j$n --keep path --id-key id many many/good.warc.gz many
    cat out err > jobs.$n
done
check '-j1 = -j2 on mixed containers' cmp -s jobs.1 jobs.2
check '-j1 = -j7 on mixed containers' cmp -s jobs.1 jobs.7

# --- damage ----------------------------------------------------------------------------------------------------------------
# Flips bits in each container at 30 places, and cuts each once; all of them are read in one run. cuts.t cuts containers everywhere.
mkdir cuts flips
cat > cut.py <<'END'
exec(open("pack.py").read())
dice = random.Random(6)
pieces = [response(b"http://a.example/%d" % i, open(path, "rb").read(), b"Content-Type: text/plain\r\n") for i, path in enumerate(paths)]
write("cut.warc.gz", b"".join(gzip.compress(piece) for piece in pieces))
for kind, path in (("tar.gz", "pages.tar.gz"), ("zip", "deflated.zip"), ("warc.gz", "cut.warc.gz"), ("jsonl", "pages.jsonl")):
    data = open(path, "rb").read()
    write("cuts/" + kind, data[:dice.randrange(len(data) // 4, len(data))])
    for n in range(30):
        bad = bytearray(data)
        for _ in range(1 + n % 4):
            bad[dice.randrange(len(bad))] ^= 1 << dice.randrange(8)
        write("flips/%s-%02d" % (kind, n), bytes(bad))
END
python3 cut.py
for cut in cuts/zip cuts/tar.gz cuts/warc.gz; do
    run < $cut
    check "$cut from standard input: no crash" test "$status" -le 2
    check "$cut from standard input: the cut is told" seen '"damaged_archive"' 'r[-1]["reason"]'
done
run flips pages/german.txt
check '120 files with wrong bits: no crash' test "$status" -le 2
check '120 files with wrong bits: the next input is read' seen '"ok"' 'r[-1]["status"]'

# --- memory ----------------------------------------------------------------------------------------------------------------
case $copydesk in
*asan* | *valgrind*) skip 'memory is not measured here' ;;
*)
    cat > memory.py <<'END'
import io, re, subprocess, sys, tarfile, time
page = open("pages/german.txt", "rb").read()
def peak(n):
    with tarfile.open("n.tar.gz", "w:gz", compresslevel=1) as tar:
        for i in range(n):
            info = tarfile.TarInfo("%06d.txt" % i)
            info.size = len(page)
            tar.addfile(info, io.BytesIO(page))
    child, most = subprocess.Popen([sys.argv[1], "-o", "n.out", "n.tar.gz"]), 0
    while child.poll() is None: # what the kernel says of an ended one includes the Python that started it
        seen = re.search(r"^VmHWM:\s+(\d+)", open("/proc/%d/status" % child.pid).read(), re.M)
        most = max(most, int(seen.group(1)) if seen else 0)
        time.sleep(0.002)
    return most
few, many = peak(50), peak(1000)
print("# peak memory: %d KiB for 50 pages, %d KiB for 1000" % (few, many))
sys.exit(many > few + 2048)
END
    check 'memory does not grow with the number of pages' python3 memory.py "$copydesk"
    ;;
esac

echo "1..$tests"
