# shellcheck shell=bash
# What must be on the system: the .NET SDK (by hand), and a few Debian packages (by itself, where it may).

# Sets 'dotnet' to the command of the first .NET installation found, or leaves it empty.
dotnet=
find_dotnet() {
    local candidate
    for candidate in "$(command -v dotnet || true)" "${DOTNET_ROOT:-}/dotnet" "$HOME/.dotnet/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
        if [ -x "$candidate" ]; then dotnet=$candidate; return; fi
    done
}

# Prints the version of the installed .NET 10 SDK, or nothing. Looks at folders: asking dotnet itself takes a second.
sdk_version() {
    if [ -z "$dotnet" ]; then return; fi
    local place
    place=$(readlink -f "$dotnet")
    find "${place%/*}/sdk" -maxdepth 1 -name '10.0.*' -printf '%f\n' 2>/dev/null | sort -V | tail -n 1
}

need_sdk() {
    if [ -n "$(sdk_version)" ]; then return; fi
    die 1 "the .NET 10 SDK is missing${dotnet:+ ($dotnet has no SDK 10.0)}. Install it: https://learn.microsoft.com/dotnet/core/install/linux-debian (package dotnet-sdk-10.0), then run this again."
}

# Where the parts of Vulkan and of its windows are looked for; a driver may also be one of the GPU's maker.
vulkan=${VULKAN_PREFIX:-/usr}

# Where fast BLAS libraries are looked for. libtorch-dev alone brings Debian's reference BLAS, whose products are 10 to 20 times slower.
blas=${BLAS_PREFIX:-/usr}

# any_of PATTERN...: does any of them name a file?
any_of() {
    local pattern
    for pattern in "$@"; do
        if compgen -G "$pattern" >/dev/null; then return; fi
    done
    return 1
}

# has NAME: is this part of the system there? Each name is a line of debian_packages.
has() {
    case $1 in
        ffmpeg) command -v ffmpeg >/dev/null && command -v ffprobe >/dev/null ;;
        npm) command -v npm >/dev/null ;;
        compiler) command -v cmake >/dev/null && command -v g++ >/dev/null && command -v make >/dev/null ;;
        libtorch) [ -e "${TORCH_PREFIX:-/usr}/include/torch/script.h" ] ;;
        blas) [ -n "${TORCH_PREFIX:-}" ] || any_of "$blas/lib/*/libopenblas.so.0" "$blas/lib/*/libmkl_rt.so*" "$blas/lib/*/libblis*.so*" ;;
        spirv-tools) command -v spirv-val >/dev/null ;;
        glslc) command -v glslc >/dev/null ;;
        libvulkan1) any_of "$vulkan/lib/*/libvulkan.so.1" "$vulkan/lib64/libvulkan.so.1" "$vulkan/lib/libvulkan.so.1" ;;
        mesa-vulkan-drivers) any_of "$vulkan/share/vulkan/icd.d/*.json" "$vulkan/../etc/vulkan/icd.d/*.json" ;;
        libvulkan-dev) any_of "$vulkan/share/vulkan/registry/vk.xml" ;;
        libglfw3) any_of "$vulkan/lib/*/libglfw.so.3" "$vulkan/lib64/libglfw.so.3" "$vulkan/lib/libglfw.so.3" ;;
        python3-torch) python3 -c 'import torch' 2>/dev/null || /usr/bin/python3 -c 'import torch' 2>/dev/null ;;
        xvfb) command -v Xvfb >/dev/null ;;
        vulkan-validationlayers) any_of "$vulkan/share/vulkan/explicit_layer.d/VkLayer_khronos_validation.json" ;;
    esac
}

debian_packages() {
    case $1 in
        compiler) echo cmake g++ make ;;
        libtorch) echo libtorch-dev ;;
        blas) echo libopenblas0-openmp ;;
        *) echo "$1" ;;
    esac
}

# need NAME...: installs the missing ones, or ends with the command that does.
need() {
    local name
    local -a missing=() wanted=() found
    for name in "$@"; do
        if ! has "$name"; then
            missing+=("$name")
            read -ra found <<<"$(debian_packages "$name")"
            wanted+=("${found[@]}")
        fi
    done
    if [ ${#missing[@]} -eq 0 ]; then return; fi
    if [[ " ${missing[*]} " == *" libtorch "* && -n ${TORCH_PREFIX:-} ]]; then
        die 1 "TORCH_PREFIX is '$TORCH_PREFIX', where there is no libtorch (no include/torch/script.h). Correct it, or unset it to use Debian's libtorch-dev."
    fi
    install_packages "${wanted[@]}"
    for name in "${missing[@]}"; do
        if ! has "$name"; then die 1 "$(debian_packages "$name") was installed, but is still not found on PATH ($PATH)."; fi
    done
}

install_packages() {
    local line="apt-get install -y --no-install-recommends $*"
    local -a as_root=()
    if ! command -v apt-get >/dev/null; then
        die 1 "missing: $*. This is not Debian or Ubuntu (no apt-get); install them with this system's package manager, then run this again."
    fi
    if [ "$(id -u)" -ne 0 ]; then
        if ! sudo -n true 2>/dev/null; then die 1 "missing: $*. Install them with this one command, then run this again: sudo $line"; fi
        as_root=(sudo -n)
    fi
    as_root+=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 -q -y)

    say "installing from Debian: $* ($line)"
    local log
    log=$(mktemp)
    # A fresh system has no package lists, and old lists name packages that are gone: update first in the one case, after a failure in the other.
    if ! apt-cache show --no-all-versions "$@" >/dev/null 2>&1; then "${as_root[@]}" update >"$log" 2>&1 </dev/null || true; fi
    if "${as_root[@]}" install --no-install-recommends "$@" >>"$log" 2>&1 </dev/null ||
        { "${as_root[@]}" update >>"$log" 2>&1 </dev/null && "${as_root[@]}" install --no-install-recommends "$@" >>"$log" 2>&1 </dev/null; }; then
        rm -f "$log"
        return
    fi
    grep -E '^(E|Err):?' "$log" | tail -n 3 >&2 || true
    die 1 "apt-get did not install $* (whole log: $log). Is there a network? By hand: $line"
}
