using Realtime.Filter.Errors;
using Realtime.Filter.Gpu;
using Realtime.Filter.Models;

namespace Realtime.Filter.Tests.Gpu.Maep;

/// <summary>Shipped purifiers on the first Vulkan device, watched by the validation layer.</summary>
internal static class TestPurifier
{
    public static VulkanPurifier Open(string model, bool half = false, Action<string>? log = null)
    {
        try
        {
            return VulkanPurifier.Open(ModelCatalog.Resolve(model), half: half, validation: true, log: log);
        }
        catch (UserErrorException missing) when (missing.ExitCode == ExitCode.DeviceUnavailable)
        {
            throw new SkipException(missing.Message);
        }
    }
}
