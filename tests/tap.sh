# tap.sh -- what the test programs written in shell share; read with `.` from the top of the repository. $COPYDESK names the binary. Goes
# into a folder of its own, which is removed at the end.
set -u
export LC_ALL=C
top=$PWD
copydesk=${COPYDESK:-build/copydesk}
case $copydesk in /*) ;; *) copydesk=$top/$copydesk ;; esac
samples=$top/data/samples
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

tests=0

# check NAME COMMAND...: one test; where it fails, what the last run left is shown.
check() {
    local name=$1
    shift
    tests=$((tests + 1))
    if "$@"; then
        echo "ok $tests - $name"
    else
        echo "not ok $tests - $name"
        echo "# failed: $*; exit status of copydesk: ${status-}"
        [ -f err ] && head -c 900 err | sed 's/^/# stderr: /'
        [ -f out ] && head -c 900 out | sed 's/^/# stdout: /'
    fi
}

# skip REASON: one test that cannot be run here.
skip() {
    tests=$((tests + 1))
    echo "ok $tests # skip $1"
}
