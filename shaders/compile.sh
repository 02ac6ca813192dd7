#!/usr/bin/env bash
# Compiles every shader, in float32 and float16 storage, into the folder given (default: shaders/spirv, which is committed), and notes
# the compiler's version beside them: another one may make other code of the same source.
#
# Cooperative matrices need a younger glslc than Debian 12 has. Where the compiler does not know them, the committed code is taken, and the
# .from file beside it (the hash of its sources and the compiler that made it) tells whether it is still that of the sources: a test looks.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/spirv}
mkdir -p "$out"
compile() { glslc --target-env=vulkan1.2 -O "$@"; }
version() { glslc --version | sed '/^$/,$d'; }
printf '#version 450\n#extension GL_KHR_cooperative_matrix : require\nvoid main() {}\n' > "$out/probe.comp"
glslc --target-env=vulkan1.2 -o "$out/probe.spv" "$out/probe.comp" 2> /dev/null && knows_matrices=1 || knows_matrices=
rm -f "$out"/probe.*
for source in "$here"/*/*.comp; do
    name=$(basename "$source" .comp)
    if grep -q GL_KHR_cooperative_matrix "$source"; then
        if [ -n "$knows_matrices" ]; then
            compile -DHALF_STORAGE -o "$out/$name.fp16.spv" "$source"
            { cat "$source" "$here"/*.glsl "$here"/*/*.glsl | sha256sum | cut -d ' ' -f 1; version; } > "$out/$name.from"
        else
            echo "$(version | head -n 1) does not know GL_KHR_cooperative_matrix: $name stays as it is committed"
            [ "$out" -ef "$here/spirv" ] || cp "$here/spirv/$name.fp16.spv" "$out"
        fi
    elif grep -q storage.glsl "$source"; then
        compile -o "$out/$name.fp32.spv" "$source"
        compile -DHALF_STORAGE -o "$out/$name.fp16.spv" "$source"
    else
        compile -o "$out/$name.spv" "$source"
    fi
done
version > "$out/VERSION"
