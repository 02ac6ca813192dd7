# shellcheck shell=bash
# Builds what a command needs, and nothing when it is there.

# The folders and files that a program is made of.
sources_of() {
    case $1 in
        src/Filter) echo src/Filter shaders ;;
        src/Trainer) echo src/Filter src/Trainer shaders ;;
        src/Viewer) echo src/Filter src/Viewer shaders ;;
        bench/*) echo src bench shaders ;;
        *) echo src bench tests shaders ;;
    esac
}

# up_to_date STAMP SOURCES...: no file is newer than the start of the last build, no folder has gained or lost a file since its end.
up_to_date() {
    local stamp=$1
    shift
    [ -f "$stamp" ] && [ -f "$stamp.end" ] || return 1
    [ -z "$(find "$@" \( -name bin -o -name obj \) -prune -o \
        \( -type f -newer "$stamp" -o -type d -newer "$stamp.end" \) -print -quit)" ]
}

# prepare FOLDER ASSEMBLY: afterwards FOLDER/bin/Release/net10.0/ASSEMBLY.dll is there and newer than its sources.
prepare() {
    local folder=$1 assembly=$2
    if [ ! -d "$root/$folder" ]; then die 1 "$folder is not in this copy of Realtime ($root)."; fi
    local -a projects=("$root/$folder"/*.csproj)
    find_dotnet
    build_stale "$folder" "${projects[0]}" "$root/$folder/bin/Release/net10.0/.realtime-built" "$assembly.dll"
}

# build_stale NAME PROJECT STAMP [FILE]: builds PROJECT unless STAMP says that nothing has changed.
build_stale() {
    local name=$1 project=$2 stamp=$3 file=${4:-} folder lock
    local -a sources=("$root/compat" "$root/global.json" "$root/.editorconfig" "$root"/Directory.*)
    for folder in $(sources_of "$name"); do
        if [ -e "$root/$folder" ]; then sources+=("$root/$folder"); fi
    done
    if [ -f "$answer" ]; then sources+=("$answer"); fi

    fresh() { [ -n "$dotnet" ] && [ -f "$answer" ] && { [ -z "$file" ] || [ -f "${stamp%/*}/$file" ]; } && up_to_date "$stamp" "${sources[@]}"; }
    if fresh; then return; fi

    # One set-up at a time in one clone; the lock goes with this process. (On a folder: .NET refuses to read a locked file.)
    exec {lock}<"$root/launcher"
    if ! flock -n "$lock"; then
        say "waiting for another set-up of this clone to finish ..."
        flock "$lock"
    fi
    if ! fresh; then
        need_sdk
        if [ -z "$(package_mode)" ]; then choose_packages auto {lock}<&-; fi
        native_parts "$name" {lock}<&-
        build "$project" "$stamp" {lock}<&-
    fi
    exec {lock}<&-
}

# Where ONNX Runtime's C# sources and native library are kept; the version stands in the project that compiles them.
runtime_folder() {
    local version
    # shellcheck disable=SC2016
    version=$(sed -n 's:.*<OrtSources>$(RealtimeCache)/\(.*\)</OrtSources>.*:\1:p' "$root/compat/Microsoft.ML.OnnxRuntime/Microsoft.ML.OnnxRuntime.csproj")
    echo "$cache/$version"
}

# Are ONNX Runtime's CUDA and TensorRT providers of use here? They are published for x86_64 only.
wants_gpu_runtime() { [ "$(cuda_answer)" = true ] && [ "$(uname -m)" = x86_64 ]; }

# What compat mode needs beyond NuGet: ONNX Runtime from npm, and for everything with torch in it the bridge to libtorch.
native_parts() {
    if [ "$(package_mode)" != compat ]; then return; fi
    local runtime bridge=$cache/torch-bridge native=$root/compat/TorchSharp/native
    runtime=$(runtime_folder)
    if [ ! -f "$runtime/complete" ]; then
        need npm
        bash "$root/compat/Microsoft.ML.OnnxRuntime/fetch.sh" "$runtime" </dev/null || exit 1
    fi
    if wants_gpu_runtime && [ ! -f "$runtime/complete-gpu" ]; then
        need npm
        bash "$root/compat/Microsoft.ML.OnnxRuntime/fetch.sh" "$runtime" gpu </dev/null || exit 1
    fi
    if [ "$1" = src/Filter ] || [ "$1" = src/Viewer ] || [ ! -d "$native" ]; then return; fi
    need libtorch blas
    if [ -f "$bridge/librealtime_torch.so" ] && [ -z "$(find "$native" -type f -newer "$bridge/librealtime_torch.so" -print -quit)" ]; then return; fi
    need compiler
    bash "$native/build.sh" "$bridge" </dev/null || exit 1
}

# build PROJECT STAMP: a Release build; only what went wrong is shown.
build() {
    local project=$1 stamp=$2 log begin code=0
    log=$(mktemp) begin=$(mktemp)
    say "building ${project#"$root"/} ..."
    # Into a file, not a pipe: compiler servers outlive the build and would hold a pipe open.
    (cd "$root" && DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 "$dotnet" build "$project" -c Release -v q -nologo -nodeReuse:false -clp:NoSummary) \
        >"$log" 2>&1 </dev/null || code=$?
    if [ $code -ne 0 ]; then
        rm -f "$begin"
        if grep -q NU1301 "$log"; then
            die 1 "the NuGet feed cannot be reached and a package is not in the cache yet: connect this machine to the network once and run this again (log: $log)."
        fi
        { grep -E '(error|warning)( [A-Z]+[0-9]+)?:|^realtime:' "$log" || tail -n 20 "$log"; } | awk '!seen[$0]++' | head -n 20 >&2
        die 1 "the build of ${project#"$root"/} failed (whole log: $log)."
    fi
    rm -f "$log"
    mkdir -p "${stamp%/*}"
    mv "$begin" "$stamp"
    touch "$stamp.end"
}
