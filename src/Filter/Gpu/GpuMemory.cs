namespace Realtime.Filter.Gpu;

/// <summary>Where a buffer lives.</summary>
public enum GpuMemory
{
    /// <summary>In device memory, out of the host's reach.</summary>
    Device,

    /// <summary>Mapped and coherent, for the host to write from front to back; reading it may be very slow.</summary>
    Upload,

    /// <summary>Mapped, for the host to read what the device wrote; cached where the device has such memory.</summary>
    Readback,
}
