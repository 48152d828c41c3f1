#!/usr/bin/env bash
# cli.t -- what the command line promises, above all for bad input: a clear message, a record where one belongs, the right exit
# status, and all other inputs still processed. Speaks TAP; run by prove from the top of the repository. $COPYDESK names the
# binary. Needs python3 to read JSON.
. tests/tap.sh

# run ARGUMENT...: copydesk with nothing on standard input; leaves out, err and $status. No run may take longer than 20 s.
run() {
    timeout 20 "$copydesk" "$@" < /dev/null > out 2> err
    status=$?
}

exits() { [ "$status" -eq "$1" ]; }
silent() { [ ! -s err ]; }
says() { [ "$(cat err)" = "$1" ]; }
mentions() { grep -qF -- "$1" err; }
records() { [ "$(wc -l < out)" -eq "$1" ]; }
same() { cmp -s "$1" "$2"; }
absent() { [ ! -e "$1" ]; }

# record N KEY VALUE: in record N (from 0) of out, KEY is VALUE, in JSON.
record() {
    python3 - "$@" << 'END'
import json, sys
n, key, value = sys.argv[1:]
with open("out", encoding="utf-8") as lines:
    sys.exit(json.loads(list(lines)[int(n)])[key] != json.loads(value))
END
}

good=$samples/one-line-a-paragraph.txt
cp "$good" good.txt

# --- inputs that cannot be read ------------------------------------------------------------------------------------------
run gone.txt good.txt
check 'missing file: exit status 2' exits 2
check 'missing file: message' says 'copydesk: gone.txt: No such file or directory'
check 'missing file: record' record 0 reason '"unreadable"'
check 'missing file: status error' record 0 status '"error"'
check 'missing file: the next is processed' record 1 status '"ok"'

mkdir -p empty/below
run empty good.txt
check 'folder without files: exit status 2' exits 2
check 'folder without files: message' says 'copydesk: empty: the folder has no files'
check 'folder without files: record' record 0 reason '"unreadable"'
check 'folder without files: the next is processed' record 1 status '"ok"'

if [ -r /proc/self/mem ]; then # opens, but cannot be read: also for root
    run /proc/self/mem good.txt
    check 'unreadable file: exit status 2' exits 2
    check 'unreadable file: message' says 'copydesk: /proc/self/mem: Input/output error'
    check 'unreadable file: record' record 0 reason '"unreadable"'
    check 'unreadable file: the next is processed' record 1 status '"ok"'
else
    skip 'no /proc'
fi
if [ "$(id -u)" -ne 0 ]; then
    echo secret > secret.txt && chmod 000 secret.txt
    run secret.txt
    check 'file without permission: message' says 'copydesk: secret.txt: Permission denied'
else
    skip 'root may read every file'
fi

: > nothing.txt
run nothing.txt good.txt
check 'empty file: exit status 1' exits 1
check 'empty file: no message' silent
check 'empty file: status empty' record 0 status '"empty"'
check 'empty file: reason' record 0 reason '"no_text"'
check 'empty file: the next is processed' record 1 status '"ok"'

printf '\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\020' > image.png
head -c 5000 "$copydesk" | tail -c 4000 > noise.bin
run image.png noise.bin good.txt
check 'binary file: exit status 2' exits 2
check 'binary file: message' mentions 'copydesk: image.png: not text but a PNG image'
check 'binary file: record' record 0 reason '"not_text"'
check 'binary file without a known kind' record 1 reason '"not_text"'
check 'binary file: the next is processed' record 2 status '"ok"'

truncate -s 200M sparse.txt
run sparse.txt good.txt
check '200 MB: exit status 2' exits 2
check '200 MB: message names the limit' mentions 'copydesk: sparse.txt: 209715200 bytes are over the limit CD_LIMIT_PAGE_BYTES'
check '200 MB: record' record 0 reason '"too_large"'
check '200 MB: the next is processed' record 1 status '"ok"'

head -c 50000000 /dev/zero | tr '\0' x > line50.txt
head -c 5000000 /dev/zero | tr '\0' x > line5.txt
run line50.txt line5.txt good.txt
check 'a line of 50 MB: exit status 2' exits 2
check 'a line of 50 MB: record' record 0 reason '"too_large"'
check 'a line of 5 MB: record' record 1 reason '"line_too_long"'
check 'a line of 5 MB: message names the limit' mentions 'CD_LIMIT_LINE_BYTES'
check 'a line of 50 MB: the next is processed' record 2 status '"ok"'
head -c 50000000 /dev/zero | tr '\0' x | "$copydesk" > out 2> err
status=$?
check 'a line of 50 MB through a pipe: exit status 2' exits 2
check 'a line of 50 MB through a pipe: record' record 0 reason '"too_large"'
rm -f line50.txt line5.txt sparse.txt

yes '' | head -n 1000000 > blank.txt
run blank.txt good.txt
check '1,000,000 blank lines: exit status 1' exits 1
check '1,000,000 blank lines: no message' silent
check '1,000,000 blank lines: record' record 0 reason '"no_text"'
check '1,000,000 blank lines: the next is processed' record 1 status '"ok"'

# --- output ----------------------------------------------------------------------------------------------------------------
if [ -c /dev/full ]; then
    for arguments in good.txt "-j2 good.txt" --help --version "explain good.txt" "rules list"; do
        # shellcheck disable=SC2086
        timeout 20 "$copydesk" $arguments < /dev/null > /dev/full 2> err
        status=$?
        check "full disk: exit status 2 ($arguments)" exits 2
        check "full disk: message ($arguments)" says 'copydesk: standard output: No space left on device'
    done
    run -o /dev/full good.txt
    check 'full disk with -o: exit status 2' exits 2
    check 'full disk with -o: message' says 'copydesk: /dev/full: No space left on device'
else
    skip 'no /dev/full'
fi
"$copydesk" good.txt < /dev/null >&- 2> err
status=$?
check 'closed standard output: exit status 2' exits 2
check 'closed standard output: message' says 'copydesk: standard output: Bad file descriptor'

mkdir many
for i in $(seq 200); do cp good.txt "many/$i.txt"; done
for jobs in 1 3; do
    { timeout 20 "$copydesk" -j$jobs many 2> err; echo $? > status; } | head -n 1 > out
    status=$(cat status)
    check "closed pipe, -j$jobs: ends by SIGPIPE" exits 141
    check "closed pipe, -j$jobs: no message" silent
    check "closed pipe, -j$jobs: one whole record" record 0 status '"ok"'
    { (trap '' PIPE; exec timeout 20 "$copydesk" -j$jobs many 2> err); echo $? > status; } | head -n 1 > out
    status=$(cat status)
    check "closed pipe where SIGPIPE is ignored, -j$jobs: exit status 141" exits 141
    check "closed pipe where SIGPIPE is ignored, -j$jobs: no message" silent
done

run good.txt
cp out want
run -o new.jsonl good.txt
check '-o: exit status 0' exits 0
check '-o: nothing on standard output' [ ! -s out ]
check '-o: the file has the records' same new.jsonl want
run -o - good.txt
check '-o -: standard output' same out want
echo old > old.jsonl
chmod 640 old.jsonl
ln -s old.jsonl link.jsonl
run -o link.jsonl good.txt gone.txt
check '-o: exit status 2 where a page failed' exits 2
check '-o: a link stays a link' [ -L link.jsonl ]
check '-o: both records' [ "$(wc -l < old.jsonl)" -eq 2 ]
check '-o: permissions stay' [ "$(stat -c %a old.jsonl)" = 640 ]
echo old > old.jsonl
printf 'rule broken\n  find (\n' > broken.rules
run --rules broken.rules -o old.jsonl good.txt
check '-o: the old file stays where rules are wrong' [ "$(cat old.jsonl)" = old ]
run -o missing/new.jsonl good.txt
check '-o in a folder that is not there: exit status 2' exits 2
check '-o in a folder that is not there: message' says 'copydesk: missing/new.jsonl: No such file or directory'
cp good.txt both.txt
run -o both.txt both.txt
check '-o that names an input: exit status 2' exits 2
check '-o that names an input: message' says "copydesk: option '--output': 'both.txt' is to be read, too; see 'copydesk --help'"
check '-o that names an input: the page stays' same both.txt good.txt

check 'nothing is left beside any -o' [ -z "$(find . -name '*.part')" ]

# --- options ---------------------------------------------------------------------------------------------------------------
run --no-such-option good.txt
check 'unknown option: exit status 2' exits 2
check 'unknown option: message' says "copydesk: unknown option '--no-such-option'; see 'copydesk --help'"
check 'unknown option: nothing is read' records 0
run -x good.txt
check 'unknown letter' says "copydesk: unknown option '-x'; see 'copydesk --help'"
run --files good.txt
check 'ambiguous option' says "copydesk: ambiguous option '--files'; see 'copydesk --help'"
run --pretty=yes good.txt
check 'option without a value' says "copydesk: option '--pretty' takes no value; see 'copydesk --help'"
run good.txt -o
check 'option with a value' says "copydesk: option '--output' needs a value; see 'copydesk --help'"
for bad in '--jobs x' '--jobs -1' '--jobs 99999' '--color blue' '--input-format pdf' '--encoding nope' '--encoding=' '--now soon' \
    '--no-rule no.such.rule' '--dump nothing'; do
    # shellcheck disable=SC2086
    run $bad good.txt
    check "$bad: exit status 2" exits 2
    option=${bad%%[ =]*}
    check "$bad: the message names the option" mentions "copydesk: option '$option': "
done
run --model no-such.model good.txt
check 'model that is not there: exit status 2' exits 2
check 'model that is not there: the message names it' says 'copydesk: no-such.model: No such file or directory'
printf 'copydesk-model 99\nLENGTH 0 1\n' > other.model
run --model other.model good.txt
check 'model of another version: exit status 2' exits 2
check 'model of another version: the message says so' says \
    "copydesk: other.model: this program reads models that begin with 'copydesk-model 4' or 'copydesk-html-model 1', and this one does not"
printf 'copydesk-model 4\n# ok\nLENGTH 99 1\n' > wrong.model
run --model wrong.model good.txt
check 'model with a wrong weight: exit status 2' exits 2
check 'model with a wrong weight: file and line' says 'copydesk: wrong.model:3: this is no weight of a model'
: > empty.model
run --model empty.model good.txt
check 'empty model' says 'copydesk: empty.model: the model is empty'
run "$samples/agency-dateline.txt"
cp out with
run --model none "$samples/agency-dateline.txt"
check 'without a model there is a record' record 0 status '"ok"'
run --model "$top/data/model/body.model" "$samples/agency-dateline.txt"
check 'the built-in model is that of data/model' same out with
page=$samples/html-banner-and-related.html
run "$page"
cp out built-in
run --model "$top/data/model/html.model" "$page"
check 'the built-in model for HTML is that of data/model' same out built-in
run --model "$top/data/model/body.model" "$page"
check 'a model for text leaves HTML pages to the built-in one' same out built-in
printf 'copydesk-html-model 1\nlook 1\n= -1\n' > no-story.model
run --model no-story.model "$page"
check 'a model for HTML: it decides about HTML pages' record 0 body null
run --model no-story.model "$samples/agency-dateline.txt"
check 'a model for HTML leaves text to the built-in one' same out with
run --dump features "$samples/agency-dateline.txt" good.txt
check '--dump features: a line for each page' [ "$(grep -c '^page' out)" -eq 2 ]
check '--dump features: as many blocks as the page says' python3 -c '
import sys
pages = open("out", encoding="utf-8").read().split("page\t")[1:]
sys.exit(any(int(page.split("\n")[0].split("\t")[1]) != sum(line.startswith("-") for line in page.split("\n")[1:]) for page in pages))'

run rules
check 'rules alone: exit status 2' exits 2
run rules nonsense
check 'rules with a word that is none: exit status 2' exits 2

run --help
check '--help: exit status 0' exits 0
cp out help
run --keep path --id-key path --dedup exact good.txt
check 'the man page has every key of a record, in order, and no other' python3 - "$top/data/copydesk.1" << 'END'
import json, re, sys
page = open(sys.argv[1], encoding="utf-8").read().split(".Sh RECORDS")[1].split("\n.Sh")[0]
listed = [key for key in re.findall(r"^\.It Li (\w+)$", page, re.M) if key not in ("id", "kept")] # of containers
keys = list(json.load(open("out", encoding="utf-8")))
print("#", set(keys) ^ set(listed))
sys.exit(listed != keys)
END
if command -v nroff > /dev/null; then
    check 'the man page: an example that is copied keeps its blanks' sh -c 'nroff -mdoc -Tascii -rLL=200n "$0" | grep -qF "[ \$? -le 2 ]; do"' "$top/data/copydesk.1"
else
    skip 'no nroff'
fi
check '--help: the man page has every option' sh -c '
    grep -oE "^  (-.,)? *--[a-z0-9-]+" help | grep -oE "[a-z0-9]+(-[a-z0-9]+)*$" | while read -r name; do
        grep -q -- "Fl -$name" "$0" || { echo "# not in the man page: $name"; exit 1; }
    done' "$top/data/copydesk.1"
check '--help: no line is wider than 100 columns' [ "$(wc -L < help)" -le 100 ]
run --version
check '--version' sh -c "grep -qxE 'copydesk [0-9]+\.[0-9]+\.[0-9]+' out"

hint() {
    python3 - "$copydesk" << 'END'
import os, pty, subprocess, sys
_, terminal = pty.openpty()
run = subprocess.run([sys.argv[1]], stdin=terminal, capture_output=True, timeout=10)
sys.exit(not (run.returncode == 2 and b"standard input is a terminal" in run.stderr and not run.stdout))
END
}
check 'a terminal as standard input: a hint and exit status 2' hint

# --- rules -----------------------------------------------------------------------------------------------------------------
run --rules gone.rules good.txt
check 'missing rule file: exit status 3' exits 3
check 'missing rule file: message' mentions 'gone.rules'
cat > bad.rules << 'END'
rule promo.test drop
  why   a bracket is never closed
  find  ^read more[:
  yes   Read more: Harbour bridge reopens
  no    To read more poetry was her plan.
END
run --rules bad.rules good.txt
check 'bad pattern: exit status 3' exits 3
check 'bad pattern: message has file and line' mentions 'copydesk: bad.rules:3: '
check 'bad pattern: message shows the line' mentions 'find  ^read more[:'
check 'bad pattern: message has a caret' sh -c "grep -qE '^ +\^' err"
check 'bad pattern: no record' records 0
cat > slow.rules << 'END'
rule promo.slow drop
  why   a pattern that takes for ever
  find  (?:x+x+)+y
  yes   xxy
  no    nothing of the kind
END
{ cat good.txt; printf '\n'; head -c 3000 /dev/zero | tr '\0' x; echo ' y'; } > trap.txt
run --rules slow.rules trap.txt good.txt
check 'catastrophic pattern: ends' [ "$status" -ne 124 ]
check 'catastrophic pattern: message names file and rule' sh -c "grep -q '^copydesk: trap.txt: .*promo.slow' err"
check 'catastrophic pattern: both pages are processed' records 2
check 'catastrophic pattern: the story is there' record 1 status '"ok"'
run rules test
check 'rules test: exit status 0' exits 0
cat > wrong.rules << 'END'
rule promo.wrong drop
  why   an example that goes wrong
  find  ^Tap here
  yes   Do not tap here
  no    nothing of the kind
END
run rules test wrong.rules
check 'rules test with a wrong example: exit status 1' exits 1
check 'rules test with a wrong example: names it' grep -q 'wrong.rules:4' out
run rules list
check 'rules list: exit status 0' exits 0
check 'rules list: four columns' sh -c "[ -s out ] && ! grep -qvP '^[^\t]+\t[^\t]+\t[^\t]+\t[^\t]+$' out"

# --- the same bytes --------------------------------------------------------------------------------------------------------
everything=(gone.txt "$samples" image.png many nothing.txt good.txt)
run -j1 "${everything[@]}"
cp out one && cp err one.err
for jobs in 2 7 0; do
    run -j$jobs "${everything[@]}"
    check "-j$jobs: the same bytes as -j1" same out one
    check "-j$jobs: the same messages in the same order" same err one.err
done
timeout 20 env LC_ALL=tr_TR.UTF-8 TZ=Asia/Tokyo LANG=de_DE POSIXLY_CORRECT=1 "$copydesk" "${everything[@]}" > out 2> err < /dev/null
check 'the same bytes in another locale and time zone' same out one
run explain -j1 "${everything[@]}"
cp out one
run -j7 explain "${everything[@]}"
check 'explain -j7: the same bytes as -j1' same out one

for page in "$samples"/*.txt; do
    "$copydesk" "$page" < /dev/null | sed 's/"input":"[^"]*"/"input":"-"/' > want
    "$copydesk" < "$page" > out 2> err
    "$copydesk" - < "$page" > dash 2> err
    same out want && same dash want || echo "$page" >> differs
done
check 'standard input gives what the file gives' absent differs
run - - good.txt
check 'standard input twice: exit status 2' exits 2
check 'standard input twice: message' says 'copydesk: standard input: standard input was already read'
check 'standard input twice: the next is processed' record 2 status '"ok"'

for option in -o --output --errors --output-dir --html --junit; do
    verb=
    [ $option != --html ] || verb=explain
    [ $option != --junit ] || verb=check
    run $verb $option '' good.txt
    check "$option '': exit status 2" exits 2
    check "$option '': message" mentions "': '' is no f"
    check "$option '': nothing is left" absent .part
done
run --stats= good.txt
check "--stats=: exit status 2" exits 2
check "--stats=: message" mentions "option '--stats': '' is no file"

# --- lists and folders -----------------------------------------------------------------------------------------------------
run good.txt nothing.txt
cp out want
printf 'good.txt\n\nnothing.txt\n' > list
run --files-from list
check '--files-from' same out want
"$copydesk" --files-from - < list > out 2> err
check '--files-from -' same out want
printf 'good.txt\0nothing.txt\0' | "$copydesk" --files0-from - > out 2> err
check '--files0-from -' same out want
printf 'good.txt\r\nnothing.txt' | "$copydesk" --files-from - > out 2> err
check '--files-from: line ends of Windows, no last one' same out want
run --files-from gone.list good.txt
check 'missing list: exit status 2' exits 2
check 'missing list: message' says 'copydesk: gone.list: No such file or directory'
check 'missing list: the next is processed' record 1 status '"ok"'
run good.txt --files-from list nothing.txt
check 'lists keep their place among the files' records 4

mkdir -p tree/a tree/.hidden tree/z
for name in tree/a-b tree/a.txt tree/a/c tree/B tree/z/z tree/.dot tree/.hidden/page; do cp good.txt "$name"; done
ln -s .. tree/z/loop
run tree
python3 -c 'import json; print(*(json.loads(line)["input"] for line in open("out")))' > order
check 'folders in byte order, hidden files and links to folders passed over' [ "$(cat order)" = 'tree/B tree/a-b tree/a.txt tree/a/c tree/z/z' ]

cp good.txt explain
run -- explain
check 'behind -- a verb is a file' record 0 input '"explain"'
run ./explain
check './explain is a file' record 0 input '"./explain"'
cp good.txt -- -dash.txt
run -- -dash.txt
check 'behind -- an option is a file' record 0 input '"-dash.txt"'

odd=$(printf 'odd\nname\033[31m')
cp good.txt "$odd"
run "$odd" "$odd.gone"
check 'odd names: control characters are escaped in messages' says 'copydesk: odd\nname\x1b[31m.gone: No such file or directory'
check 'odd names: the record has the very name' record 0 input '"odd\nname\u001b[31m"'
latin=$(printf 'caf\351.txt')
if cp good.txt "$latin" 2> /dev/null; then
    run "$latin"
    check 'names that are no UTF-8: U+FFFD in the record' record 0 input '"caf\ufffd.txt"'
else
    skip 'file system takes no such names'
fi

# --- what is printed -------------------------------------------------------------------------------------------------------
run "${everything[@]}"
cp out compact
run --pretty "${everything[@]}"
check '--pretty: the same records; one key a line in the order of the schema' python3 - "$top/data/record.schema.json" << 'END'
import json, re, sys
keys = list(json.load(open(sys.argv[1]))["required"])
pretty = open("out", encoding="utf-8").read()
want = [json.loads(line) for line in open("compact", encoding="utf-8")]
got = [json.loads(part) for part in re.findall(r"^\{\n.*?^\}\n", pretty, re.M | re.S)]
order = re.findall(r'^  "([a-z_]+)": ', pretty, re.M)
sys.exit(not (got == want and order == keys * len(want) and all(list(r) == keys for r in want)))
END
check 'a compact record has no blank outside its strings' python3 - << 'END'
import json, sys
lines = open("compact", encoding="utf-8").read().split("\n")
same = (json.dumps(json.loads(line), ensure_ascii=False, separators=(",", ":")) == line for line in lines[:-1])
sys.exit(not (all(same) and lines[-1] == ""))
END
if python3 -c 'import jsonschema' 2> /dev/null; then
    check 'every record is valid under the schema' python3 - "$top/data/record.schema.json" << 'END'
import json, jsonschema, sys
validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
faults = [f for line in open("compact", encoding="utf-8") for f in validator.iter_errors(json.loads(line))]
for f in faults[:5]:
    print("#", f.json_path, f.message[:200])
sys.exit(bool(faults))
END
else
    skip 'no python3-jsonschema'
fi
run explain "$samples"
check 'explain: kept + removed = all, and as many blocks are shown' python3 - << 'END'
import re, sys
shown, pages, fine = 0, 0, True
for line in open("out", encoding="utf-8"):
    shown += bool(re.match(r"[+-] [0-9a-z]", line))
    counts = re.match(r"blocks: (\d+) kept, (\d+) removed, (\d+) in all$", line)
    if counts:
        kept, removed, every = map(int, counts.groups())
        fine = fine and kept + removed == every == shown
        shown, pages = 0, pages + 1
sys.exit(not (fine and pages >= 15))
END
check 'explain: no colours but on a terminal' sh -c '! grep -q "$(printf "\033")" out'
run explain --color always good.txt
check 'explain --color always' grep -q "$(printf '\033\[')" out
run --url https://example.com/a --pretty good.txt
check '--url' grep -qF '"url": "https://example.com/a"' out
run --encoding windows-1251 "$samples/windows-1251-russian.txt"
cp out want
run "$samples/windows-1251-russian.txt"
check '--encoding gives what is found without it' same out want
printf 'A bad\377 byte and a \0 in it\n' > bad.txt
run bad.txt
check 'bad sequences are told' says 'copydesk: bad.txt: 1 bad sequence replaced'

echo "1..$tests"
