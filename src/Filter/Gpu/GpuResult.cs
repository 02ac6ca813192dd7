using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>Turns a Vulkan result into an exception.</summary>
public static class GpuResult
{
    /// <summary>Returns where <paramref name="result"/> is no error.</summary>
    /// <param name="result">What a call returned.</param>
    /// <param name="what">The call, for the message, such as "vkCreateDevice".</param>
    /// <exception cref="GpuException">It is an error; the message holds <paramref name="what"/> and the error's name.</exception>
    public static void Check(Result result, string what)
    {
        if (result < Result.Success)
            throw new GpuException($"{what} failed: {result}");
    }
}
