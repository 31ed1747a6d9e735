# Shared by the scripts of this folder; sourced, never run. Sets ROOT and defines build_if_needed and java_flags.
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

# Waiting threads spin for a quarter of a millisecond and then sleep: slidefield.nn.kernels.Nd4jRuntime says why.
if [ -z "${OMP_WAIT_POLICY:-}" ]; then
    export OMP_WAIT_POLICY=passive GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-10000}"
fi

fail() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

# Compiles unless target/ is newer than everything it is made of.
build_if_needed() {
    local stamp="$ROOT/target/slidefield.jar"
    if [ -f "$stamp" ] && [ -f "$ROOT/target/class-path.txt" ] \
        && [ -z "$(find "$ROOT/src/main" "$ROOT/pom.xml" -newer "$stamp" -print -quit)" ]; then
        return 0
    fi
    command -v mvn >/dev/null || fail "Maven is missing; run environment/setup"
    echo "building (the first time fetches the libraries, about 0.5 GB) ..." >&2
    # The jar keeps its old time when nothing in it changed; touching it marks the check as done.
    (cd "$ROOT" && mvn -q -B package -Dmaven.test.skip=true) >&2 || fail "the build failed"
    touch "$stamp"
}

# The java to run: JAVA_HOME's, else the one on PATH.
find_java() {
    if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
        echo "$JAVA_HOME/bin/java"
    else
        command -v java || fail "Java is missing; run environment/setup"
    fi
}

machine_megabytes() {
    if [ -r /proc/meminfo ]; then
        local total limit
        total=$(awk '/^MemTotal:/ {print int($2 / 1024)}' /proc/meminfo)
        # A container may have less than the machine.
        limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || echo max)
        if [ "$limit" != max ] && [ $((limit / 1048576)) -lt "$total" ]; then
            total=$((limit / 1048576))
        fi
        echo "$total"
    elif command -v sysctl >/dev/null; then
        echo $(($(sysctl -n hw.memsize) / 1048576))
    else
        echo 4096
    fi
}

# Fills JAVA_FLAGS. A quarter of the memory for the heap (1 to 8 GB), half for arrays outside it; both together are
# held under nine tenths, so that a full machine gives a clear error rather than a killed process.
java_flags() {
    local megabytes heap offheap physical
    megabytes=$(machine_megabytes)
    heap=$((megabytes / 4))
    heap=$((heap > 8192 ? 8192 : heap < 1024 ? 1024 : heap))
    offheap=$((megabytes / 2))
    physical=$((megabytes * 9 / 10))
    JAVA_FLAGS=(
        -XX:+IgnoreUnrecognizedVMOptions
        --enable-native-access=ALL-UNNAMED
        --sun-misc-unsafe-memory-access=allow
        -Djava.awt.headless=true
        "-Xmx${SLIDEFIELD_HEAP:-${heap}m}"
        "-Dorg.bytedeco.javacpp.maxbytes=${SLIDEFIELD_OFFHEAP:-${offheap}m}"
        "-Dorg.bytedeco.javacpp.maxphysicalbytes=${physical}m"
        "-Dslidefield.home=$ROOT"
        "-Dslidefield.terminal=$([ -t 2 ] && echo true || echo false)"
    )
}
