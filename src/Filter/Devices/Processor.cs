using System.Runtime.InteropServices;

namespace Realtime.Filter.Devices;

/// <summary>The CPU of this machine, in words.</summary>
public static class Processor
{
    private const string ProcessorFile = "/proc/cpuinfo";

    /// <summary>Name, cores and abilities: "AMD EPYC, 2 cores, AVX-512 BF16".</summary>
    public static string Describe()
    {
        string[] lines = File.Exists(ProcessorFile) ? File.ReadAllLines(ProcessorFile) : [];
        string name = Field(lines, "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();
        string[] flags = Field(lines, "flags")?.Split(' ') ?? [];
        string ability = flags.Contains("avx512_bf16") ? "AVX-512 BF16" : flags.Contains("avx512f") ? "AVX-512" : flags.Contains("avx2") ? "AVX2" : "no AVX2";
        return $"{name}, {Environment.ProcessorCount} cores, {ability}";
    }

    private static string? Field(string[] lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
