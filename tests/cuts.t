#!/usr/bin/env python3
"""cuts.t -- containers that break off. Each kind is cut at CUTS random places, and every page that is complete before the cut must have the
record that it has alone; behind them stands one more, which tells of the damage (of lines and WARC records that end at the cut nobody can). How much a cut file still holds is found by other
programs: zlib, bz2 and lzma of Python, zstd and lz4 where they are installed. Speaks TAP; $COPYDESK names the binary."""
import base64
import bz2
import gzip
import io
import json
import lzma
import os
import random
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
import zlib

PROGRAM = [os.path.join(os.getcwd(), word) if i == 0 and "/" in word else word for i, word in enumerate(os.environ.get("COPYDESK", "build/copydesk").split())]
CUTS = int(os.environ.get("CUTS", "200"))
PAGES, NOISE_BYTES = 16, 13000
WORDS = "the council of a small town has voted on its bridge after years in which nobody could say who owns it or pays for it".split()
count = 0
dice = random.Random(6)


def check(name, good, detail=""):
    global count
    count += 1
    print("%sok %d - %s" % ("" if good else "not ", count, name))
    if not good and detail != "":
        print("\n".join("# " + line for line in str(detail)[:1000].splitlines()))


def skip(name):
    global count
    count += 1
    print("ok %d # skip %s" % (count, name))


def run(*args, stdin=b""):
    done = subprocess.run(PROGRAM + list(args), input=stdin, capture_output=True, timeout=300)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


# --- pages, and noise between them so that cuts fall anywhere ------------------------------------------------------------------------


def make_pages():
    """Every other one is a picture: an error record, and bytes that no packing makes smaller."""
    pages = []
    for i in range(PAGES):
        prose = [" ".join(dice.choice(WORDS) for _ in range(30)).capitalize() + "." for _ in range(3)]
        pages.append(("%02d.txt" % i, "\n\n".join(["Bridge number %d waits for its owner" % i] + prose).encode() + b"\n"))
        pages.append(("%02d.png" % i, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + dice.randbytes(NOISE_BYTES)))
    return pages


def tar_of(pages):
    """The archive, and where each page's last byte is in it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, data in pages:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    with tarfile.open(fileobj=io.BytesIO(out.getvalue())) as tar:
        return out.getvalue(), [each.offset_data + each.size for each in tar.getmembers()]


def pieces_end(pieces, behind=0):
    ends, at = [], 0
    for piece in pieces:
        at += len(piece)
        ends.append(at - behind)
    return ends


def warc_of(pages):
    """A WARC record a page; those of pictures are passed over, so that text alone has an end."""
    pieces, ends, at = [], [], 0
    for i, (name, data) in enumerate(pages):
        kind = b"text/plain" if name.endswith(".txt") else b"image/png"
        http = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n" % kind + data
        piece = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n" % len(http) + http
        at += len(piece)
        if name.endswith(".txt"):
            ends.append(at)
        at += 4
        pieces.append(piece + b"\r\n\r\n")
    return pieces, ends


def lines_of(pages):
    texts = [data.decode() for name, data in pages if name.endswith(".txt")]
    return [json.dumps({"text": text, "noise": base64.b64encode(dice.randbytes(NOISE_BYTES)).decode()}).encode() + b"\n" for text in texts]


# --- what is left of a cut file, by other programs -----------------------------------------------------------------------------------


def of_members(new):
    """Of a decoder that ends with each member."""
    def have(data):
        total = 0
        while data:
            decoder = new()
            total += len(decoder.decompress(data))
            if not decoder.eof:
                break
            data = decoder.unused_data
        return total
    return have


def by_program(*command):
    return lambda data: len(subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout)


def packed_by(*command):
    return lambda data: subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


def one(pack):
    """The container in one piece; a record a member for WARC and lines."""
    return lambda pieces: pack(b"".join(pieces))


def each(pack):
    return lambda pieces: b"".join(map(pack, pieces))


GZIP, BZIP2, XZ = of_members(lambda: zlib.decompressobj(31)), of_members(bz2.BZ2Decompressor), of_members(lzma.LZMADecompressor)
ZSTD, LZ4 = by_program("zstd", "-dcq"), by_program("lz4", "-dcq")


def kinds(pages):
    """(name, bytes, ends of pages, how many unpacked bytes a cut file has, pages whose records are expected, from how many bytes on a file
    is whole; 0: nobody can tell)"""
    tar, tar_ends = tar_of(pages)
    warc, warc_ends = warc_of(pages)
    lines = lines_of(pages)
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in pages:
            out.writestr(name, data)
        zip_ends = [each.header_offset + 30 + len(each.filename) + each.compress_size for each in out.infolist()]
    line_ends = pieces_end(lines)
    packings = [("gz", gzip.compress, GZIP, None), ("bz2", lambda data: bz2.compress(data, 1), BZIP2, None), ("xz", lzma.compress, XZ, None),
                ("zst", packed_by("zstd", "-qc"), ZSTD, "zstd"), ("lz4", packed_by("lz4", "-qcB4"), LZ4, "lz4"), ("lz4 -BD", packed_by("lz4", "-qcB4BD"), LZ4, "lz4")]
    yield "tar", tar, tar_ends, len, True, blocks(tar_ends[-1]) + 512
    yield "zip", zipped.getvalue(), zip_ends, len, True, len(zipped.getvalue())
    yield "jsonl", b"".join(lines), line_ends, len, False, 0
    for name, pack, have, tool in packings:
        if tool and not shutil.which(tool):
            skip("no %s: files of it" % tool)
            continue
        packed, packed_lines = pack(tar), pack(b"".join(lines))
        yield "tar." + name, packed, tar_ends, have, True, len(packed)
        yield "jsonl." + name, packed_lines, line_ends, have, False, len(packed_lines)
        yield "warc." + name, b"".join(pack(piece) for piece in warc), warc_ends, have, False, 0


def blocks(size):
    return (size + 511) // 512 * 512


def cut_kind(name, data, ends, have, wanted, whole_from):
    """`wanted`: the records of all pages, whole."""
    os.mkdir("cuts")
    edges = set(map(blocks, ends)) if name == "tar" else {len(data) - n for n in (1, 9, 20) if have is not ZSTD}  # zstd gives no block before it has its sum
    sizes = sorted({len(data)} | edges | {dice.randrange(1, len(data)) for _ in range(CUTS - len(edges) - 1)})
    for size in sizes:
        write("cuts/%09d" % size, data[:size])
    status, out, _ = run("-q", "-j2", "cuts")
    got, wrong, whole = {}, [], 0
    for line in out.splitlines():
        record = json.loads(line)
        got.setdefault(int(record["input"].split("/")[1]), []).append(record)
    for size in sizes:
        left = have(data[:size])
        n = sum(end <= left for end in ends)
        whole += n
        records = got.get(size, [])
        early = len(records) == 1 and n == 0 and records[0]["record"] is None  # cut in the head: a text like any other
        good = early or ([bare(each) for each in records[:n]] == wanted[:n] and len(records) <= n + 1)
        told = early or len(records) == n + (size < whole_from) or (whole_from == 0 and size < len(data))
        if not (records and good and told and [each["record"] for each in records] == ([None] if early else list(range(len(records))))):
            wrong.append("%d of %d bytes: %d pages are whole, records: %s" % (size, len(data), n, [(each["status"], each["reason"]) for each in records]))
    shutil.rmtree("cuts")
    check("%s cut at %d places: every complete page, %d in all, and no crash" % (name, len(sizes), whole), status in (1, 2) and whole and not wrong,
          "%d wrong\n%s" % (len(wrong), "\n".join(wrong)))


def bare(record):
    return {key: value for key, value in record.items() if key not in ("input", "record")}


def main():
    pages = make_pages()
    os.mkdir("pages")
    for name, data in pages:
        write("pages/" + name, data)
    everything = [json.loads(line) for line in run("-q", *sorted("pages/" + name for name, _ in pages))[1].splitlines()]
    by_name = {record["input"]: bare(record) for record in everything}
    wanted = [by_name["pages/" + name] for name, _ in pages]
    texts = [record for record, (name, _) in zip(wanted, pages) if name.endswith(".txt")]
    check("pages of text and pictures", [record["reason"] for record in wanted[1::2]] == ["not_text"] * PAGES and "error" not in [record["status"] for record in texts], wanted[0])
    for name, data, ends, have, all_pages, whole_from in kinds(pages):
        cut_kind(name, data, ends, have, wanted if all_pages else texts, whole_from)


with tempfile.TemporaryDirectory() as home:
    os.chdir(home)
    main()
    os.chdir("/")
print("1..%d" % count)
