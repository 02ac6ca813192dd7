namespace Realtime.Filter.Gpu;

/// <summary>A GPU call failed. Its message names the call and what the driver said.</summary>
public class GpuException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="inner">The failure underneath.</param>
    public GpuException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
