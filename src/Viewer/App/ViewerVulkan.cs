using Realtime.Filter.Errors;
using Realtime.Filter.Gpu;
using Realtime.Viewer.Windowing;

namespace Realtime.Viewer.App;

/// <summary>Vulkan for the viewer, with or without a window.</summary>
internal static class ViewerVulkan
{
    /// <summary>Loads Vulkan.</summary>
    /// <param name="window">Whose needs it must serve; null off screen.</param>
    /// <param name="validation">Whether the validation layer watches.</param>
    /// <exception cref="UserErrorException">There is none (<see cref="ExitCode.DeviceUnavailable"/>).</exception>
    public static GpuInstance Open(ViewerWindow? window = null, bool validation = false)
    {
        try
        {
            return GpuInstance.Create(validation, window?.RequiredExtensions);
        }
        catch (GpuUnavailableException missing)
        {
            throw new UserErrorException(ExitCode.DeviceUnavailable, $"the viewer draws with Vulkan, and there is none: {missing.Message}", missing);
        }
    }
}
