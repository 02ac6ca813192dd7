using System.Reflection;
using System.Runtime.InteropServices;
using Realtime.Filter.Models;

namespace Realtime.Trainer.Evaluation;

/// <summary>With what an evaluation was computed.</summary>
/// <param name="Version">Of this program.</param>
/// <param name="Commit">Of the sources that measured; several where another version went on with the journal, "unknown" outside a clone.</param>
/// <param name="OnnxRuntime">Version.</param>
/// <param name="Runtime">.NET's version.</param>
/// <param name="OperatingSystem">Name and version.</param>
/// <param name="Processor">Name, cores, abilities.</param>
public sealed record Provenance(string Version, string Commit, string OnnxRuntime, string Runtime, string OperatingSystem, string Processor)
{
    /// <summary>Of this process.</summary>
    /// <param name="commit">Of the sources.</param>
    public static Provenance Here(string commit) => new(
        Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "unknown",
        commit,
        OnnxEnvironment.Instance.GetVersionString(),
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription,
        Filter.Devices.Processor.Describe());
}
