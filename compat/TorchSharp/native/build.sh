#!/usr/bin/env bash
# Builds the bridge into the given folder. TORCH_PREFIX names a libtorch other than the system's.
set -euo pipefail
source=$(cd "$(dirname "$0")" && pwd)
target=$1

for tool in cmake g++ make; do
    if ! command -v $tool >/dev/null; then
        echo "realtime: $tool is missing (it builds the torch bridge). Install it: apt-get install cmake g++ make libtorch-dev" >&2
        exit 1
    fi
done
mkdir -p "$target"
# A build folder of its own each time: the target is shared by all clones, and CMake refuses the folder of another source.
work=$(mktemp -d "$target/build.XXXXXX")
trap 'rm -rf "$work"' EXIT
echo "realtime: building the torch bridge (about a minute, once) ..." >&2
if ! { cmake -S "$source" -B "$work" -DCMAKE_BUILD_TYPE=Release ${TORCH_PREFIX:+-DCMAKE_PREFIX_PATH="$TORCH_PREFIX"} \
       && cmake --build "$work"; } >"$target/build.log" 2>&1; then
    tail -n 20 "$target/build.log" >&2
    echo "realtime: the torch bridge was not built (whole log: $target/build.log). Is libtorch there? Install it: apt-get install libtorch-dev" >&2
    exit 1
fi
mv "$work/librealtime_torch.so" "$target/librealtime_torch.so"
