# shellcheck shell=bash
# ./realtime test: every test of the solution, and one line that sums them up.

# run_tests ARGUMENTS: the arguments go to 'dotnet test' (--filter NAME is the useful one).
run_tests() {
    if [[ " $* " == *" --help "* || " $* " == *" -h "* ]]; then
        echo "usage: ./realtime test [--filter NAME] [arguments of 'dotnet test']"
        return
    fi
    find_dotnet
    # The GPU path is tested with the validation layers and, where there is no GPU, with Mesa's driver for the CPU; glslc compiles shaders, spirv-val checks them, and the
    # registry tells whether the generated bindings are what it says.
    # Windows are opened on a screen that exists in memory alone.
    need ffmpeg libvulkan1 mesa-vulkan-drivers vulkan-validationlayers glslc spirv-tools libvulkan-dev libglfw3 xvfb
    build_stale tests "$root/Realtime.sln" "$root/tests/Filter.Tests/bin/Release/net10.0/.realtime-built" Realtime.Filter.Tests.dll

    # Three assemblies at a time, however few the cores: the soak waits more than it computes.
    local results code=0
    results=$(mktemp -d)
    # shellcheck disable=SC2064
    trap "rm -rf '$results'" EXIT
    (cd "$root" && DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 "$dotnet" test Realtime.sln -c Release -m:3 --no-build --nologo -v q \
        --logger "console;verbosity=minimal" --logger "trx;LogFilePrefix=tests" --results-directory "$results" "$@") </dev/null |
        sed -u '/^Test run for /d; /^A total of .* test files/d; /^Results File: /d; /^$/d' || code=$?
    sum_up "$results" $code
}

# sum_up FOLDER CODE: adds up the result files. A run that broke off (a crashed host, a project that did not start) is a failure of its own.
sum_up() {
    local results=$1 code=$2 file counters total passed=0 failed=0 skipped=0
    for file in "$results"/*.trx; do
        if [ ! -f "$file" ]; then continue; fi
        counters=$(grep -m 1 '<Counters ' "$file") || continue
        total=$(counter total "$counters")
        passed=$((passed + $(counter passed "$counters")))
        failed=$((failed + $(counter failed "$counters") + $(counter error "$counters") + $(counter timeout "$counters") + $(counter aborted "$counters")))
        skipped=$((skipped + total - $(counter executed "$counters")))
    done
    if [ "$code" -ne 0 ] && [ $failed -eq 0 ]; then
        say "the test run itself broke off ('dotnet test' ended with $code); that counts as one failure."
        failed=1
    elif [ $((passed + failed)) -eq 0 ]; then
        say "no test ran."
        code=1
    fi
    echo "$passed passed, $failed failed$([ $skipped -eq 0 ] || echo ", $skipped skipped")"
    if [ $failed -gt 0 ]; then code=1; fi
    exit "$code"
}

# counter NAME LINE: the number of an attribute of <Counters .../>.
counter() {
    local number
    number=$(sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$2")
    echo "${number:-0}"
}
