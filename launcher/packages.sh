# shellcheck shell=bash
# Package mode (docs/architecture.md): 'nuget' takes the packages from the feed, 'compat' builds their stand-ins.
# The answer is kept in Packages.user.props, which the build reads.

answer=$root/Packages.user.props

# Prints the mode that was written down, or nothing.
package_mode() {
    if [ -f "$answer" ]; then sed -n 's:.*<PackageMode>\(.*\)</PackageMode>.*:\1:p' "$answer"; fi
}

package_reason() {
    if [ -f "$answer" ]; then sed -n 's:.*<PackageModeReason>\(.*\)</PackageModeReason>.*:\1:p' "$answer"; fi
}

# Prints true where an NVIDIA driver was there when the answer was written down.
cuda_answer() {
    if [ -f "$answer" ]; then sed -n 's:.*<RealtimeCuda>\(.*\)</RealtimeCuda>.*:\1:p' "$answer"; fi
}

nvidia_driver() { [ -e /proc/driver/nvidia/version ] || command -v nvidia-smi >/dev/null; }

# write_mode MODE REASON: only a changed answer is written, since everything is built again after it.
write_mode() {
    local mode=$1 reason=$2 cuda=false new
    if nvidia_driver; then cuda=true; fi
    new="<Project>
  <!-- Written by ./realtime setup; run it again to change it. -->
  <PropertyGroup>
    <PackageMode>$mode</PackageMode>
    <PackageModeReason>$reason</PackageModeReason>
    <RealtimeCuda>$cuda</RealtimeCuda>
  </PropertyGroup>
</Project>"
    say "packages: $mode ($reason); NVIDIA driver: $([ $cuda = true ] && echo yes || echo no)"
    if [ -f "$answer" ] && [ "$(cat "$answer")" = "$new" ]; then return; fi
    printf '%s\n' "$new" >"$answer.tmp"
    mv "$answer.tmp" "$answer"
}

# Asks the feed for the packages that src/ names, in a throw-away project. Sets 'feed' to yes, no or unreachable and 'feed_reason'.
probe_feed() {
    local work names code=0 lacking
    work=$(mktemp -d)
    names=$(grep -ho 'RealtimePackage Include="[^"]*"' "$root"/src/*/*.csproj | sort -u | sed 's/RealtimePackage/    <PackageReference/; s:$: />:')
    cp "$root/Directory.Packages.props" "$work/"
    echo '<Project />' >"$work/Directory.Build.props"
    printf '<Project Sdk="Microsoft.NET.Sdk">\n  <PropertyGroup>\n    <TargetFramework>net10.0</TargetFramework>\n    <NuGetAudit>false</NuGetAudit>\n  </PropertyGroup>\n  <ItemGroup>\n%s\n  </ItemGroup>\n</Project>\n' "$names" >"$work/Probe.csproj"

    say "asking the NuGet feed for the packages (once; what it has is downloaded) ..."
    (cd "$work" && timeout 600 "$dotnet" restore Probe.csproj -v q -nodeReuse:false) >"$work/log" 2>&1 </dev/null || code=$?
    lacking=$(grep -oE 'NU110[123]: Unable to find [a-z ]*package [^ ]+' "$work/log" | sed 's/.* package //; s/\.$//' | sort -u | paste -sd, | sed 's/,/, /g') || true
    if [ $code -eq 0 ]; then
        feed=yes feed_reason="the NuGet feed has them all"
    elif [ -n "$lacking" ]; then
        feed=no feed_reason="the NuGet feed has no $lacking"
    elif [ $code -eq 124 ]; then
        feed=unreachable feed_reason="the NuGet feed did not answer within ten minutes"
    elif grep -q NU1301 "$work/log"; then
        feed=unreachable feed_reason="the NuGet feed cannot be reached"
    else
        feed=no feed_reason="the NuGet feed could not serve them: $(grep -m 1 -oE 'error [A-Z0-9]+' "$work/log" || echo "dotnet restore ended with $code")"
    fi
    rm -rf "$work"
}

# TorchSharp's native half is built with GCC 13: without that libstdc++ it compiles against the package, and stops at the first tensor.
newest_libstdcxx=GLIBCXX_3.4.32
has_libstdcxx() {
    local library
    library=$(PATH=$PATH:/sbin ldconfig -p 2>/dev/null | sed -n 's/.*libstdc++\.so\.6 .*x86-64.* => //p' | head -n 1)
    [ -n "$library" ] && grep -qa $newest_libstdcxx "$library"
}

# choose_packages auto|nuget|compat
choose_packages() {
    case $1 in
        compat) write_mode compat "asked for" ;;
        nuget)
            probe_feed
            if [ $feed != yes ]; then die 1 "packages stay as they were: nuget was asked for, but $feed_reason."; fi
            has_libstdcxx || say "warning: this machine's libstdc++ has no $newest_libstdcxx (GCC 13), which TorchSharp's native library needs: training will not run."
            write_mode nuget "asked for; $feed_reason" ;;
        auto)
            probe_feed
            if [ $feed = yes ] && ! has_libstdcxx; then
                write_mode compat "$feed_reason, but TorchSharp's native library needs $newest_libstdcxx of a libstdc++ of GCC 13, and this machine's is older"
            elif [ $feed = yes ]; then
                write_mode nuget "$feed_reason"
            else
                write_mode compat "$feed_reason"
            fi ;;
        *) die 2 "--packages is '$1'; it must be auto, nuget or compat." ;;
    esac
}
