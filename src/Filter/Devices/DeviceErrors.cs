using Realtime.Filter.Errors;

namespace Realtime.Filter.Devices;

/// <summary>The one wording of "this device cannot be used" (<see cref="ExitCode.DeviceUnavailable"/>).</summary>
public static class DeviceErrors
{
    /// <summary>A device that was asked for and is missing.</summary>
    /// <param name="device">As it was asked for, see <see cref="DeviceChoice.ToString"/>.</param>
    /// <param name="missing">What is missing and how to get it, without a full stop at its end.</param>
    /// <param name="inner">The failure underneath.</param>
    public static UserErrorException Unavailable(string device, string missing, Exception? inner = null) => new(
        ExitCode.DeviceUnavailable,
        $"device '{device}' is not available: {missing}. Available: {DeviceChoice.Cpu} ({Processor.Describe()}); './realtime devices' lists all.",
        inner);
}
