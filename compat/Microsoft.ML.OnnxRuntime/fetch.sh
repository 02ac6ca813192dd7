#!/usr/bin/env bash
# Fetches ONNX Runtime 1.29 from the npm registry that this machine's npm is set up with: the official C# sources, and the
# official native library for this processor. Each package is checked against a pinned SHA-512 before anything is unpacked.
# usage: fetch.sh FOLDER       makes FOLDER: csharp/, lib/ and the empty file 'complete'
#        fetch.sh FOLDER gpu   adds the CUDA and TensorRT providers to its lib/, and the empty file 'complete-gpu'
set -euo pipefail
target=$1 part=${2:-cpu}

sources=com.github.asus4.onnxruntime@0.4.9
sources_sha512=064cf176e499f4891e0cfe90f25cf64c553689eee1492bd2ed921fccca28131a2ad02373267bae19a509ec8b288c182a3b8a2e0f58d76a1f0e63225b08ddbd16
natives=onnxruntime-node@1.29.0
natives_sha512=5a3895541ef6ae220bcfc1db62fc6f9a32b213f5a6918a127ca63ef9ac68e63011eb4f47420f0cc221bf1e14a1a537097e6980773c71981f8c3124f703e4a23c
gpu=com.github.asus4.onnxruntime.linux-x64-gpu@0.4.9
gpu_sha512=168a4884d13f360fafd97eb9c1573d7253c2042be1bc0e771f1a3653429fe5f19d56c0bb88203e999d0a2d6820710023ed3219ea9362751e000b5d20ef85e8eb

case $(uname -m) in
    x86_64) arch=x64 ;;
    aarch64) arch=arm64 ;;
    *) echo "realtime: ONNX Runtime is not published for '$(uname -m)'; x86_64 and aarch64 are." >&2; exit 1 ;;
esac
if ! command -v npm >/dev/null; then
    echo "realtime: npm is missing (ONNX Runtime comes as npm packages). Install it: apt-get install npm" >&2
    exit 1
fi

mkdir -p "$(dirname "$target")"
work=$(mktemp -d "$target.XXXXXX")
trap 'rm -rf "$work"' EXIT

# pack PACKAGE SHA512: downloads the package's archive and prints its path. Only 'pack': no install script of it ever runs.
pack() {
    local file
    # Errors are named here: 'set -e' does not reach into $(pack ...).
    if ! file=$(cd "$work" && npm pack --silent "$1" | tail -n 1) || [ ! -f "$work/$file" ]; then
        echo "realtime: npm could not download $1 (ONNX Runtime). Is the npm registry within reach of this machine? Try: npm pack $1" >&2
        exit 1
    fi
    local found
    found=$(sha512sum "$work/$file" | cut -d' ' -f1)
    if [ "$found" != "$2" ]; then
        echo "realtime: $1 has SHA-512 $found, expected $2. Nothing was installed." >&2
        exit 1
    fi
    echo "$work/$file"
}

if [ "$part" = gpu ]; then
    if [ $arch != x64 ]; then
        echo "realtime: ONNX Runtime's CUDA and TensorRT providers are published for x86_64 only; this is $(uname -m)." >&2
        exit 1
    fi
    echo "realtime: fetching ONNX Runtime's CUDA and TensorRT providers (about 180 MB once) ..." >&2
    archive=$(pack $gpu $gpu_sha512)
    tar -xzf "$archive" -C "$work" --wildcards 'package/Plugins/Linux/x64/*.so'
    mv "$work"/package/Plugins/Linux/x64/*.so "$target/lib/"
    touch "$target/complete-gpu"
    exit
fi

echo "realtime: fetching ONNX Runtime 1.29 (C# sources and native library, about 260 MB once) ..." >&2
archive=$(pack $sources $sources_sha512)
mkdir -p "$work/out/csharp" "$work/out/lib"
tar -xzf "$archive" -C "$work" --wildcards 'package/Runtime/*.cs' package/LICENSE package/ThirdPartyNotices.txt
cp -r "$work/package/Runtime/." "$work/out/csharp/"
cp "$work/package/LICENSE" "$work/package/ThirdPartyNotices.txt" "$work/out/"
rm -rf "$work/package"
archive=$(pack $natives $natives_sha512)
tar -xzf "$archive" -C "$work" "package/bin/napi-v6/linux/$arch"
cp -r "$work/package/bin/napi-v6/linux/$arch/." "$work/out/lib/"
touch "$work/out/complete"
rm -rf "$target"
mv "$work/out" "$target"
