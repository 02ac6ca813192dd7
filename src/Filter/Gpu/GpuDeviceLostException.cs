namespace Realtime.Filter.Gpu;

/// <summary>The device was lost, or did not answer in time. Dispose it and open it again; what was on it is gone.</summary>
public sealed class GpuDeviceLostException : GpuException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="device">Name of the device.</param>
    /// <param name="lastLabel">The last label of the commands submitted last, or null where there was none.</param>
    /// <param name="reason">"device lost", or how long it did not answer.</param>
    public GpuDeviceLostException(string device, string? lastLabel, string reason)
        : base($"{device}: {reason}{(lastLabel is null ? "" : $", last at work on '{lastLabel}'")}")
    {
        DeviceName = device;
        LastLabel = lastLabel;
    }

    /// <summary>Name of the device.</summary>
    public string DeviceName { get; }

    /// <summary>The last label of the commands submitted last, or null where there was none.</summary>
    public string? LastLabel { get; }
}
