using Realtime.Filter.Gpu;
using Realtime.Filter.Tests.Gpu.Maep;

namespace Realtime.Filter.Tests.Gpu.Frames;

/// <summary>One purifier for all tests of a class, as opening takes longer than most of them; opened by the first, so that it can be skipped.</summary>
public sealed class SharedPurifier : IDisposable
{
    private VulkanPurifier? purifier;

    /// <summary>Hears what the purifier has to tell.</summary>
    internal Action<string>? OnLog { get; set; }

    internal VulkanPurifier Purifier => purifier ??= TestPurifier.Open("maep-patch4", log: text => OnLog?.Invoke(text));

    public void Dispose() => purifier?.Dispose();
}
