using Realtime.Filter.Gpu;

namespace Realtime.Viewer.Live;

/// <summary>A purified frame on the device that draws the window. Made by the purifier's thread, read by the window's.</summary>
internal sealed class SharedPicture(GpuDevice device, ulong bytes)
{
    private const ulong Unpacked = 12;      // unpack.comp reads so many bytes at a time, also at the end
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly GpuCommands commands = device.CreateCommands(device.Compute);

    /// <summary>Where it is; it goes with the device.</summary>
    public GpuDevice Device => device;

    /// <summary>[H, W, 3] bytes, and room up to a multiple of 12.</summary>
    public GpuBuffer Pixels { get; } = device.CreateBuffer("shown frame", (bytes + Unpacked - 1) / Unpacked * Unpacked, GpuMemory.Device);

    /// <summary>Number of the frame.</summary>
    public long Frame { get; private set; } = -1;

    /// <summary>When <see cref="Pixels"/> may be read.</summary>
    public GpuWait Ready { get; private set; }

    /// <summary>Who reads <see cref="Pixels"/>.</summary>
    public GpuWait LastRead { get; set; }

    /// <summary>Starts copying a frame here.</summary>
    public void Copy(long frame, GpuBuffer from)
    {
        Ready.Queue?.Wait(Ready.Value, Patience, CancellationToken.None);
        commands.Begin();
        commands.Barrier(GpuStage.Compute, GpuStage.Transfer);
        commands.Copy(from, Pixels, 0, 0, from.Size);
        commands.Barrier(GpuStage.Transfer, GpuStage.Compute);
        commands.End();
        ulong copied = LastRead.Queue is null ? device.Compute.Submit(commands) : device.Compute.Submit(commands, [LastRead]);
        (Frame, Ready) = (frame, new GpuWait(device.Compute, copied));
    }
}
