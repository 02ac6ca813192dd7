namespace Realtime.Filter.Gpu;

/// <summary>There is no Vulkan here, or not what was asked of it. The message names what is missing and how to get it.</summary>
public sealed class GpuUnavailableException : GpuException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing and the fix.</param>
    /// <param name="inner">The failure underneath.</param>
    public GpuUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
