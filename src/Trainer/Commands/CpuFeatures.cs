namespace Realtime.Trainer.Commands;

/// <summary>What this CPU can do, as far as training cares.</summary>
internal static class CpuFeatures
{
    /// <summary>AVX512-BF16 or AMX-BF16, by the kernel's list of CPU flags (.NET has no test for either yet).</summary>
    internal static bool HasBFloat16 { get; } = File.Exists("/proc/cpuinfo")
        && File.ReadLines("/proc/cpuinfo").Any(l => l.StartsWith("flags", StringComparison.Ordinal)
            && (l.Contains(" avx512_bf16", StringComparison.Ordinal) || l.Contains(" amx_bf16", StringComparison.Ordinal)));
}
