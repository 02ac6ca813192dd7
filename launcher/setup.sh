# shellcheck shell=bash
# ./realtime setup: everything that any command would prepare, now.

setup_usage() {
    cat <<'TEXT'
usage: ./realtime setup [--packages auto|nuget|compat] [--check]

Prepares everything that any command needs, and says what it does. Commands do the same by themselves when they first run.

  --packages auto     ask the NuGet feed again: its packages where it has them all, our stand-ins otherwise (default)
  --packages nuget    the packages of the feed, or fail
  --packages compat   the stand-ins in compat/, over Debian's ffmpeg and libtorch and npm's ONNX Runtime
  --check             change nothing: print what is there and what is missing; exit 1 when something is
TEXT
}

setup() {
    local packages=auto check=no
    while [ $# -gt 0 ]; do
        case $1 in
            --packages)
                if [ $# -lt 2 ]; then die 2 "--packages wants a value: auto, nuget or compat."; fi
                packages=$2; shift ;;
            --packages=*) packages=${1#*=} ;;
            --check) check=yes ;;
            --help | -h) setup_usage; return ;;
            *) die 2 "setup has no option '$1' (./realtime setup --help)." ;;
        esac
        shift
    done
    case $packages in
        auto | nuget | compat) ;;
        *) die 2 "--packages is '$packages'; it must be auto, nuget or compat." ;;
    esac

    find_dotnet
    if [ $check = yes ]; then check_setup; return; fi
    need_sdk
    choose_packages "$packages"
    need ffmpeg
    prepare src/Filter Realtime.Filter
    prepare src/Trainer Realtime.Trainer
    if [ -d "$root/src/Viewer" ]; then prepare src/Viewer Realtime.Viewer; fi
    if [ -d "$root/bench/Realtime.Bench" ]; then prepare bench/Realtime.Bench Realtime.Bench; fi
    say "ready."
}

# state NAME YES|NO WHERE: one line of the report.
state() {
    printf '%-22s %-8s %s\n' "$1" "$2" "$3"
    if [ "$2" = missing ]; then all_there=no; fi
}

check_setup() {
    local mode sdk name folder
    all_there=yes
    sdk=$(sdk_version) mode=$(package_mode)
    state ".NET SDK 10" "$([ -n "$sdk" ] && echo ok || echo missing)" "$sdk"
    state "package mode" "$([ -n "$mode" ] && echo ok || echo missing)" "${mode:-not asked yet}${mode:+ ($(package_reason))}"
    local -a parts=(ffmpeg)
    if [ "$mode" != nuget ]; then parts+=(compiler libtorch blas); fi
    for name in "${parts[@]}"; do
        state "$name" "$(has "$name" && echo ok || echo missing)" "Debian: $(debian_packages "$name")"
    done
    if [ "$mode" != nuget ]; then
        if [ ! -f "$(runtime_folder)/complete" ]; then state npm "$(has npm && echo ok || echo missing)" "Debian: npm"; fi
        state "ONNX Runtime" "$([ -f "$(runtime_folder)/complete" ] && echo ok || echo missing)" "$(runtime_folder)"
        if wants_gpu_runtime; then state "ONNX Runtime on CUDA" "$([ -f "$(runtime_folder)/complete-gpu" ] && echo ok || echo missing)" "$(runtime_folder)"; fi
        state "torch bridge" "$([ -f "$cache/torch-bridge/librealtime_torch.so" ] && echo ok || echo missing)" "$cache/torch-bridge"
    fi
    for folder in src/Filter src/Trainer; do
        state "$folder" "$([ -f "$root/$folder/bin/Release/net10.0/.realtime-built" ] && echo ok || echo missing)" "built once"
    done
    if [ $all_there = no ]; then say "something is missing; ./realtime setup prepares it."; exit 1; fi
}
