#!/usr/bin/env bash
# workbench.t -- what `copydesk rules ...` promises, the files of one host, and the user's own folder of rules. Speaks TAP; run by
# prove from the top of the repository. $COPYDESK names the binary. Needs python3 to read JSON.
. tests/tap.sh
export XDG_CONFIG_HOME=$work/config

run() {
    timeout 60 "$copydesk" "$@" < /dev/null > out 2> err
    status=$?
}

exits() { [ "$status" -eq "$1" ]; }
says() { [ "$(cat err)" = "$1" ]; }
mentions() { grep -qF -- "$1" err; }
shows() { grep -qF -- "$1" out; }
same() { cmp -s "$1" "$2"; }
prints() { [ "$(cat out)" = "$1" ]; }

# record N KEY VALUE: in record N (from 0) of out, KEY is VALUE, in JSON.
record() {
    python3 - "$@" << 'END'
import json, sys
n, key, value = sys.argv[1:]
with open("out", encoding="utf-8") as lines:
    sys.exit(json.loads(list(lines)[int(n)])[key] != json.loads(value))
END
}

# rule NAME ACTION FIND YES [NO]
rule() {
    printf 'rule %s %s\n  why   a rule of the tests\n  find  %s\n  yes   %s\n' "$1" "$2" "$3" "$4"
    printf '  no    %s\n\n' "${5:-nothing of the kind}"
}

# page NAME: a story with a banner in it; $2 is put between headline and story, $3 behind the story.
page() {
    {
        printf 'Harbour bridge of Port Halven reopens after nine years\n\n%s\n\n' "$2"
        printf 'The harbour bridge of Port Halven was opened again on Monday, nine years after a freighter had torn a pillar out of it, and the town walked over it all day long.\n\n'
        printf 'Engineers had taken the old pillars down to the rock, said the mayor, and had built new ones that a ship may hit without bringing the bridge down.\n\n'
        printf 'The bridge cost twice what the town had set aside, and its council has voted to take a toll from lorries until the debt is paid.\n\n'
        printf '%s\n' "${3-}"
    } > "$1"
}

# --- list, test --------------------------------------------------------------------------------------------------------------
run rules list
all=$(wc -l < out)
run rules list --json
check 'list --json: as many objects as rules, each with its examples' python3 - "$all" << 'END'
import json, sys
rules = [json.loads(line) for line in open("out", encoding="utf-8")]
keys = ["name", "action", "where", "why", "find", "site", "file", "line", "built_in", "yes", "no"]
sys.exit(not (len(rules) == int(sys.argv[1]) and all(list(r) == keys and r["built_in"] and r["find"] for r in rules)))
END
check 'every built-in rule has a yes and a no' python3 -c 'import json, sys
sys.exit(any(not r["yes"] or not r["no"] for r in map(json.loads, open("out", encoding="utf-8"))))'
run rules test
check 'the built-in rules pass their test' exits 0
run rules lint
check 'the built-in rules pass their lint' exits 0
check 'lint counts' prints "$all rules, 0 problems"

{ rule promo.tap drop '^Tap (?:here|there) to' 'Tap here to see' 'tap there to see'; rule promo.yes drop '^Tap (?:here|there) to' 'Tap there for more'; } > wrong.rules
run rules test wrong.rules
check 'test FILE: exit status 1' exits 1
check 'test FILE: a no that matches, with a caret under the match' sh -c 'grep -A2 "^wrong.rules:5: rule promo.tap: this no example matches" out | tail -1 | grep -qx "          ^"'
check 'test FILE: a yes that does not, with a caret where the pattern stops' sh -c 'grep -A2 "^wrong.rules:10: rule promo.yes: this yes example does not match" out | tail -1 | grep -qx "                    ^"'
check 'test FILE: the rules of that file alone' shows '4 examples of 2 rules, 2 failed'

# --- lint --------------------------------------------------------------------------------------------------------------------
{
    rule promo.first drop '^Tap (?:here|there)' 'Tap here'
    rule promo.second drop '^Tap there' 'Tap there now'
    rule promo.nested drop '^(?:x+x+)+y' 'xxy'
    rule promo.linear drop '^(?:[a-z]+ )+more$' 'read a lot more'
    printf 'rule promo.bare drop\n  why   a rule of the tests\n  find  ^Bare words\n  yes   Bare words\n'
} > lint.rules
run rules lint lint.rules
check 'lint: exit status 1' exits 1
check 'lint: a rule that an earlier one has decided' shows 'lint.rules:7: rule promo.second: all its yes examples are decided already by rule promo.first (lint.rules:1)'
check 'lint: a pattern that backtracks, with a caret at the repeat of a repeat' sh -c 'grep -A2 "^lint.rules:15: rule promo.nested: its pattern passes the match limit on a text of " out | tail -1 | grep -qx "           ^"'
check 'lint: a repeat of a repeat that cannot is no problem' sh -c '! grep -q promo.linear out'
check 'lint: a rule without a no' shows 'lint.rules:25: rule promo.bare: it has no '"'no'"' example'
check 'lint: the count' shows '5 rules, 3 problems'
page idle.txt 'Tap here and see'
run rules lint lint.rules idle.txt
check 'lint with pages: rules that never fired' sh -c 'grep -c "it matched nothing on these pages" out | grep -qx 4'
check 'lint with pages: not one that did' sh -c '! grep -q "promo.first: it matched nothing" out'
printf 'rule promo.x kill\n' > unknown.rules
run rules lint unknown.rules
check 'lint: an unknown word is an error of the file, with line and caret' exits 3
check 'lint: which one' mentions 'unknown.rules:1: no such action'

# --- new ---------------------------------------------------------------------------------------------------------------------
run rules new --drop 'Sign up for the Morning Brief'
check 'new --drop: a rule of the family that the rules see a sign of' sh -c 'head -1 out | grep -qx "rule newsletter.sign-up-for-the-morning drop"'
cp out new.rules
run rules test new.rules
check 'new --drop: passes its own test' exits 0
run rules lint new.rules
check 'new --drop: passes its own lint' exits 0
run rules new --drop 'Don’t miss: 12 “must-see” boats (v2.0)'
check 'new: digits, quotation marks, dashes are loosened, signs escaped' shows "  find  ^Don['‘’]t miss: \\d+ [\"“”]must[-–—]see[\"“”] boats \\(v\\d+\\.\\d+\\)\$"
cp out loose.rules
run rules test loose.rules
check 'new: passes its own test' exits 0
run rules new --cut 'Read the full story here'
cp out cut.rules
run rules test cut.rules
check 'new --cut: passes its own test' exits 0
for line in '' '   ' 'More' '12/34 - 5' 'By Ann'; do
    run rules new --drop "$line"
    check "new: '$line' is refused" sh -c "[ $status -eq 2 ] && [ ! -s out ]"
done
run rules new --cut 'Read more'
check 'new --cut: two words are too general' exits 2
run rules new
check 'new without a line: exit status 2' exits 2
run --drop x idle.txt
check '--drop without rules new: exit status 2' exits 2

# --- diff, stats ---------------------------------------------------------------------------------------------------------------
mkdir pages
for n in $(seq -w 1 40); do page pages/$n.txt "By Ann Lee"; done
for n in 07 19 33; do page pages/$n.txt "By Ann Lee" 'The harbour tour of this paper leaves on every first Sunday of the month, and there is room for you.'; done
rule promo.tour drop '^The harbour tour of this paper' 'The harbour tour of this paper leaves' > tour.rules
{ rule promo.tour drop '^The harbour tour of that paper' 'The harbour tour of that paper leaves'; rule promo.other drop '^No such words' 'No such words'; } > tour2.rules
run rules diff --new tour.rules pages
check 'diff: exit status 1 where a record changed' exits 1
check 'diff: the three pages' [ "$(grep -c '^pages/' out)" = 3 ]
check 'diff: field by field' sh -c 'grep -A3 "^pages/19.txt$" out | grep -q "^  body$" && grep -q "^    - The harbour tour of this paper leaves" out'
check 'diff: names the rule at each page and counts it' sh -c '[ "$(grep -c "^  rule promo.tour$" out)" = 3 ] && tail -2 out | tr "\n" ";" | grep -qxF "3 of 40 records changed;3	promo.tour;"'
cp out one
run rules diff -j4 --new tour.rules pages
check 'diff -j4: the same bytes' same out one
run rules diff --old tour.rules --new tour2.rules pages
check 'diff: of two sets of rules the one that differs is named, and no other' sh -c 'tail -2 out | tr "\n" ";" | grep -qxF "3 of 40 records changed;3	promo.tour;"'
run rules diff --old tour.rules --new tour.rules pages
check 'diff of the same rules: nothing, exit status 0' sh -c "[ $status -eq 0 ] && [ \"\$(cat out)\" = '0 of 40 records changed' ]"
run rules diff pages
check 'diff without --old and --new: exit status 2' exits 2
run rules stats --rules tour.rules pages
check 'stats: exit status 0' exits 0
check 'stats: words, hits, pages of a rule, the one that took most first' sh -c 'sed -n 2p out | grep -qxF "60	3	3	drop	promo.tour"'
cp out one
run rules stats -j3 --rules tour.rules pages
check 'stats -j3: the same bytes' same out one
run rules stats --json --rules tour.rules pages
check 'stats --json' sh -c 'head -1 out | grep -qxF "{\"name\":\"promo.tour\",\"action\":\"drop\",\"host\":null,\"words\":60,\"hits\":3,\"pages\":3}"'
run rules stats gone.txt
check 'stats of a page that cannot be read: exit status 2' exits 2
check 'stats of a page that cannot be read: message' says 'copydesk: gone.txt: No such file or directory'
check 'stats of a page that cannot be read: no page is counted' [ "$(tail -1 out | sed 's/of .* rules/of N rules/')" = '0 of N rules matched on 0 pages' ]
run rules diff --new tour.rules gone.txt pages
check 'diff with a page that cannot be read: exit status 2, though a record changed' sh -c "[ $status -eq 2 ] && grep -qx '3 of 41 records changed' out"
run rules diff --old tour.rules --new tour.rules gone.txt
check 'diff of the same rules on it: exit status 2' exits 2
run rules lint tour.rules pages/07.txt
check 'lint on a page: exit status 0' exits 0
run rules lint tour.rules pages/07.txt gone.txt
check 'lint with a page that cannot be read: exit status 2' exits 2

# --- the user's own folder -----------------------------------------------------------------------------------------------------
run pages/07.txt
cp out without
mkdir -p config/copydesk/rules/sites
cp tour.rules config/copydesk/rules/mine.rules
run pages/07.txt
check 'the user'"'"'s own rules are used' sh -c '! cmp -s out without && grep -q "\"promo\":1" out'
run --no-user-rules pages/07.txt
check '--no-user-rules' same out without
run rules list
check 'rules list tells where they stand' sh -c 'head -1 out | grep -q "^promo.tour	drop	any	a rule of the tests	.*/config/copydesk/rules/mine.rules:1$"'
rm config/copydesk/rules/mine.rules
run pages/07.txt
check 'an empty folder of rules is none' same out without
HOME=$work/config XDG_CONFIG_HOME='' run rules list
check 'a home without such a folder is none' exits 0

# --- built-in files of one host ------------------------------------------------------------------------------------------------
page berlin.txt 'Von Ada Born

03.05.2024, 16:24 Uhr'
run --url https://www.morgenpost.de/bezirke/article1.html berlin.txt
check 'a built-in file of a host: its zone is that of the printed time, in summer' record 0 date '"2024-05-03T16:24+02:00"'
sed -i 's/03.05.2024/03.12.2024/' berlin.txt
run --url https://www.morgenpost.de/bezirke/article1.html berlin.txt
check 'a built-in file of a host: ... and in winter' record 0 date '"2024-12-03T16:24+01:00"'
run --url https://www.morgenpost.example/ berlin.txt
check 'a built-in file of a host: other hosts have no zone of it' sh -c '! grep -q "16:24[+-]" out'
run --no-default-rules --url https://www.morgenpost.de/bezirke/article1.html berlin.txt
check 'a built-in file of a host: --no-default-rules goes without' sh -c '! grep -q "16:24[+-]" out'

# --- files of one host -----------------------------------------------------------------------------------------------------------
mkdir -p rules/sites
{
    echo '# pages of the tests'
    echo 'date-order dmy'
    echo 'zone +01:00 eu'
    rule promo.tour drop '^The harbour tour of this paper' 'The harbour tour of this paper leaves'
    rule byline.desk fix '^Desk of (?<byline>.+)$' 'Desk of Bo Day'
    rule section.slug fix '^Slug (\w+)$' 'Slug Harbour'
    rule date.stamp fix '^Stamp (.+)$' 'Stamp 3 April 2025'
    rule other.strip cut '\s?\[press .+? to listen\]' 'Boats [press play to listen] were built'
} > rules/sites/example.org.rules
for url in http://example.org/a https://www.example.org:8080/a https://EXAMPLE.org; do
    run --rules rules --url "$url" pages/07.txt
    check "$url: its file is used" sh -c 'grep -q "\"promo\":1" out'
done
for url in http://example.com/example.org http://badexample.org/ http://org/; do
    run --rules rules --url "$url" pages/07.txt
    check "$url: the file of example.org is not used" sh -c '! grep -q "\"promo\":1" out'
done
run --rules rules pages/07.txt
check 'a page without address: nor is it' same out without
run --rules rules/sites/example.org.rules pages/07.txt
check 'the file given by its name: nor is it' same out without
run --rules rules --no-rule promo.tour --url http://example.org/a pages/07.txt
check '--no-rule switches off a rule of a host' sh -c '[ ! -s err ] && ! grep -q "\"promo\":1" out'
run --rules rules --no-rule promo.nil --url http://example.org/a pages/07.txt
check '--no-rule: a name that no host has either' sh -c "[ $status -eq 2 ]"
run rules list --rules rules
check 'rules list: with the host' sh -c 'grep "^byline.desk	fix	any host example.org	" out | grep -q "rules/sites/example.org.rules:"'
run rules test rules
check 'rules test: those of a host too' shows '10 examples of 5 rules, 0 failed'

zone() { # DATE_TEXT WANT
    page dated.txt "By Ann Lee

$1"
    run --rules rules --url http://example.org/a dated.txt
    check "zone: $1 is $2" record 0 date "\"$2\""
}
zone 'January 15, 2025 10:30' 2025-01-15T10:30+01:00
zone 'July 15, 2025 10:30' 2025-07-15T10:30+02:00
zone 'March 30, 2025 01:59' 2025-03-30T01:59+01:00
zone 'March 30, 2025 02:30' 2025-03-30T02:30
zone 'March 30, 2025 03:00' 2025-03-30T03:00+02:00
zone 'October 26, 2025 01:59' 2025-10-26T01:59+02:00
zone 'October 26, 2025 02:30' 2025-10-26T02:30
zone 'October 26, 2025 03:00' 2025-10-26T03:00+01:00
zone 'July 15, 2025 10:30 EDT' 2025-07-15T10:30-04:00
zone 'July 15, 2025' 2025-07-15
zone '03/04/2025' 2025-04-03
run --rules rules dated.txt
check 'date order: without the host the date is not settled' record 0 date null
sed -e 's/dmy/mdy/' -e 's/+01:00 eu/-05:00 us/' -i rules/sites/example.org.rules
zone '03/04/2025' 2025-03-04
zone 'March 9, 2025 01:59' 2025-03-09T01:59-05:00
zone 'March 9, 2025 03:00' 2025-03-09T03:00-04:00
zone 'November 2, 2025 00:59' 2025-11-02T00:59-04:00
zone 'November 2, 2025 01:30' 2025-11-02T01:30
zone 'November 2, 2025 02:00' 2025-11-02T02:00-05:00

page fixed.txt 'By Ann Lee
March 1, 2025' 'Boats [press play to listen] were built there for four hundred years, and the last yard was closed in the year of the flood.

Desk of Bo Day

Slug Harbour

Stamp 3 April 2025'
run --rules rules --url http://example.org/a fixed.txt
check 'fix: the byline' record 0 byline '"Bo Day"'
check 'fix: the authors are those of the byline' record 0 authors '["Bo Day"]'
check 'fix: the section' record 0 section '"Harbour"'
check 'fix: the date' record 0 date '"2025-04-03"'
check 'a phrase is cut out' sh -c 'grep -q "Boats were built there" out'
run --rules rules fixed.txt
check 'without the host nothing is fixed' record 0 byline '"By Ann Lee"'
run --rules rules --url http://example.org/a explain fixed.txt
check 'explain names the rule' shows 'byline.desk'

# a user's file stands before the nearer host's, a nearer host's before one above it
{ rule promo.tour keep '^The harbour tour' 'The harbour tour of this paper'; } > rules/sites/news.example.org.rules
run --rules rules --url http://news.example.org/a pages/07.txt
check 'a nearer host'"'"'s rule replaces that of the same name' sh -c '! grep -q "\"promo\":1" out'
run --rules rules --url http://sport.example.org/a pages/07.txt
check 'and does so for its host alone' sh -c 'grep -q "\"promo\":1" out'

printf 'rule promo.x drop\n  find  (\n' > rules/sites/broken.example.rules
run --rules rules --url http://example.org/a pages/07.txt
check 'a wrong file of another host is not read' exits 0
run --rules rules --url http://broken.example/a pages/07.txt
check 'a wrong file of the page'"'"'s host: an error record' sh -c "[ $status -eq 2 ] && grep -q '\"reason\":\"bad_rules\"' out"
check 'a wrong file of the page'"'"'s host: the message has file and line' mentions 'rules/sites/broken.example.rules:1: the rule has no clause '
run rules list --rules rules
check 'rules list reads it: exit status 3' exits 3
rm rules/sites/broken.example.rules
printf 'zone +01:00\n' > plain.rules
run --rules plain.rules pages/07.txt
check 'zone stands only in a file of one host' sh -c "[ $status -eq 3 ] && grep -q 'plain.rules:1: this stands only in a file of one host' err"
for line in 'zone Europe/Paris' 'zone +1:00' 'zone +01:60' 'zone +01:00 jp' 'date-order ymd' 'date-order' 'zone +01:00 eu x'; do
    echo "$line" > rules/sites/broken.example.rules
    run rules list --rules rules
    check "'$line' is refused with a caret" sh -c "[ $status -eq 3 ] && grep -q '^ *^\$' err"
done
rm rules/sites/broken.example.rules
rule promo.x fix 'x' 'x' > family.rules
run --rules family.rules pages/07.txt
check 'fix is for fields of which a record has one' mentions 'family.rules:1: fix is for headline'
cp tour.rules 'rules/sites/No Host.rules'
run --rules rules pages/07.txt
check 'a file that is called by no host: exit status 3' exits 3
rm 'rules/sites/No Host.rules'
(cd rules/sites && "$copydesk" --rules example.org.rules "$work/pages/07.txt" | cut -d, -f3- > "$work/out")
check 'in the folder itself the file is one of a host, too' sh -c 'cut -d, -f3- without | cmp -s - out'

# a rule of a host is held back like any other
rule other.all drop '^(?:The|Engineers)' 'The bridge' > rules/sites/example.net.rules
run --rules rules --url http://example.net/ pages/01.txt
check 'a rule of a host that would take the story is held back' sh -c "[ $status -eq 0 ] && grep -q 'other.all: held back' err"

# ten thousand hosts cost a page of another one little
mkdir -p many/sites
python3 - << 'END'
text = open("tour.rules").read()
for n in range(10000):
    with open("many/sites/host%d.example.rules" % n, "w") as file:
        file.write(text)
END
check 'ten thousand hosts: start-up takes no 0.2 s of CPU more, and the record is the same' python3 - "$copydesk" << 'END'
import os, resource, subprocess, sys
def seconds(*arguments):
    best, out = 9.0, b""
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        out = subprocess.run([*sys.argv[1].split(), *arguments], stdin=subprocess.DEVNULL, capture_output=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return best, out
few, many = seconds("pages/07.txt"), seconds("--rules", "many", "pages/07.txt")
print("# %.3f s, with ten thousand hosts %.3f s" % (few[0], many[0]))
sys.exit(not (many[0] < few[0] + 0.2 and few[1] == many[1]))
END
run --rules many --url http://www.host7777.example/ pages/07.txt
check 'ten thousand hosts: the right one is found' sh -c 'grep -q "\"promo\":1" out'
for n in $(seq 0 49); do cat pages/07.txt > pages/h$n.txt; done
run -j1 --rules many --url http://host42.example/ pages
cp out one
run -j4 --rules many --url http://host42.example/ pages
check 'files of hosts are read once by many workers: the same bytes' same out one

echo "1..$tests"
