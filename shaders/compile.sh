#!/usr/bin/env bash
# Compiles every shader, in float32 and float16 storage, into the folder given (default: shaders/spirv, which is committed), and notes
# the compiler's version beside them: another one may make other code of the same source.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/spirv}
mkdir -p "$out"
for source in "$here"/*/*.comp; do
    name=$(basename "$source" .comp)
    if grep -q storage.glsl "$source"; then
        glslc --target-env=vulkan1.2 -O -o "$out/$name.fp32.spv" "$source"
        glslc --target-env=vulkan1.2 -O -DHALF_STORAGE -o "$out/$name.fp16.spv" "$source"
    else
        glslc --target-env=vulkan1.2 -O -o "$out/$name.spv" "$source"
    fi
done
glslc --version | sed '/^$/,$d' > "$out/VERSION"
