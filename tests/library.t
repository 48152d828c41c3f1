#!/usr/bin/env bash
# library.t -- what programs that embed copydesk rely on: what make install puts where, that tests/library/example.c compiles against
# it by pkg-config, shared and static, and prints what it should; that the libraries show the symbols of tests/library/symbols.txt
# and no others; that the header is one for C++ too. Speaks TAP; run by prove from the top of the repository. $COPYDESK names
# the binary, beside which the libraries are built.
set -u
export LC_ALL=C
unset MAKEFLAGS MAKELEVEL MFLAGS
top=$PWD
copydesk=${COPYDESK:-build/copydesk}
build=$(dirname "${copydesk##* }")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
tests=0

check() {
    local name=$1
    shift
    tests=$((tests + 1))
    if "$@" > "$work/log" 2>&1; then
        echo "ok $tests - $name"
    else
        echo "not ok $tests - $name"
        head -c 1500 "$work/log" | sed 's/^/# /'
    fi
}

skip() {
    tests=$((tests + 1))
    echo "ok $tests # skip $1"
}

check 'make install' make -s install B="$build" PREFIX="$work/usr"
check 'make install below DESTDIR' make -s install B="$build" DESTDIR="$work/dest" PREFIX=/opt
check 'both install the same files' diff <(cd "$work/usr" && find . | sort) <(cd "$work/dest/opt" && find . | sort)
check 'the shared library is called by its number' sh -c "readelf -d '$work/usr/lib/libcopydesk.so' | grep -q 'soname: \[libcopydesk.so.0\]'"
check 'the pkg-config file names the place without DESTDIR' grep -qx 'prefix=/opt' "$work/dest/opt/lib/pkgconfig/copydesk.pc"
export PKG_CONFIG_PATH=$work/usr/lib/pkgconfig
version=$(sed -n 's/^.define CD_VERSION "\(.*\)"/\1/p' include/copydesk.h)
check 'pkg-config knows the version' [ "$(pkg-config --modversion copydesk)" = "$version" ]

# shellcheck disable=SC2046
compile() { ${CC:-cc} -std=c11 -Wall -Wextra -Werror tests/library/example.c -o "$work/$1" "${@:2}"; }
# shellcheck disable=SC2046
check 'the example compiles, shared' compile shared $(pkg-config --cflags --libs copydesk) "-Wl,-rpath,$work/usr/lib"
rm -rf "$work/static-lib" && mkdir "$work/static-lib" && cp "$work/usr/lib/libcopydesk.a" "$work/static-lib/"
# shellcheck disable=SC2046
check 'the example compiles, static' compile static "-L$work/static-lib" $(pkg-config --static --cflags --libs copydesk | sed "s|-L$work/usr/lib||")
check 'the shared one needs the library, the static one does not' sh -c \
    "readelf -d '$work/shared' | grep -q 'libcopydesk.so.0' && ! readelf -d '$work/static' | grep -q libcopydesk"

for kind in shared static; do
    check "the example runs, $kind" "$work/$kind" data/samples/cookie-banner-first.txt
    "$work/$kind" data/samples/cookie-banner-first.txt > "$work/$kind.out" 2>&1
    check "the example prints fields and why, $kind" diff tests/library/example.out <(head -11 "$work/$kind.out")
    "$work/$kind" data/samples/html-graph-authors.html > "$work/$kind.html.out" 2>&1
    check "the example says which statement a field is from, $kind" diff <(head -12 "$work/$kind.html.out") - << 'END'
status: ok
headline: Night ferry to Skerrow returns after eleven years
  /body/main/article/h1, the heading that the page's titles name
date: 2026-02-11T21:15:00+00:00
  stated by json-ld datePublished
authors: Isla Macrae
  stated by json-ld author
authors: Rowan Teale
  stated by json-ld author
modified: 2026-02-12T08:02:10+00:00
  stated by json-ld dateModified
image: https://media.tarncourier.example/2026/skerrow-ferry-1200.jpg
END
done
"${copydesk##* }" data/samples/cookie-banner-first.txt > "$work/record"
removed=$(grep -o '"removed":{[^}]*}' "$work/record" | grep -oE '"[a-z]+":[0-9]+' | sed 's/"\(.*\)":\(.*\)/ \2 \1/' | tr -d '\n')
words=$(grep -oE '"words":[0-9]+' "$work/record" | cut -d: -f2)
check 'its counts are those of the record' grep -qxF "$words words; left out:$removed" "$work/shared.out"
check 'its record is that of the program' grep -qx "$(wc -c < "$work/record") bytes of JSON, state 0" "$work/shared.out"

check 'the list of symbols is that of the header' diff tests/library/symbols.txt \
    <(sed 's/\/\*.*//; /^ \*/d' include/copydesk.h | grep -oP '\bcd_[a-z_]+(?=\()' | sort)
cat > "$work/keys.c" << 'END'
#include <copydesk.h>
#include <stdio.h>
int main(void)
{
    for (int key = 0; key < CD_KEY_COUNT; key++) printf("%s\n", cd_key_name((cd_key)key));
    return 0;
}
END
# shellcheck disable=SC2046
check 'a program that lists the keys compiles' ${CC:-cc} -std=c11 "$work/keys.c" -o "$work/keys" $(pkg-config --cflags --libs copydesk) "-Wl,-rpath,$work/usr/lib"
check 'the keys are those of the record, in its order' diff <("$work/keys" | grep -vx credits) \
    <(python3 -c 'import json; print(*json.load(open("data/record.schema.json"))["properties"], sep="\n")' | grep -vxE 'schema|input|record|id|kept|duplicate_of')
check 'the shared library shows these symbols and no others' diff tests/library/symbols.txt \
    <(nm -D --defined-only "$work/usr/lib/libcopydesk.so" | awk '{print $3}' | sort)
check 'all symbols of the archive begin with cd_' sh -c "! nm --defined-only --extern-only '$work/usr/lib/libcopydesk.a' | awk 'NF == 3 {print \$3}' | grep -v '^cd_'"
if command -v g++ > /dev/null; then
    check 'the header is one for C++' sh -c "echo '#include <copydesk.h>' | g++ -std=c++11 -Wall -Wextra -Werror -fsyntax-only -I '$work/usr/include' -x c++ -"
else
    skip 'no g++'
fi
check 'make uninstall leaves no file' sh -c "make -s uninstall PREFIX='$work/usr' && [ -z \"\$(find '$work/usr' ! -type d)\" ]"
echo "1..$tests"
