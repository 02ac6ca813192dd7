using Realtime.Filter.Frames;
using Realtime.Filter.Gpu.Passes;
using Realtime.Filter.Gpu.Shaders;
using Realtime.Filter.Graph;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Gpu.Frames;

/// <summary>
/// Frames on their way through a Vulkan device: at most <see cref="FrameProgram.Lanes"/> at a time, handed in by one thread and taken out by
/// another in the same order. A frame whose device was lost is purified again on the device opened anew.
/// </summary>
internal sealed class VulkanFrames : IDisposable
{
    private readonly VulkanPurifier purifier;
    private readonly TileGrid grid;
    private readonly object gate = new();       // whoever holds it may use or replace the device
    private readonly BoundedQueue<int> free = new(FrameProgram.Lanes);
    private readonly BoundedQueue<Flight> inFlight = new(FrameProgram.Lanes);
    private FrameProgram program;
    private int lane;
    private int shaders = ShaderLibrary.Version;

    public VulkanFrames(VulkanPurifier purifier, TileGrid grid)
    {
        this.purifier = purifier;
        this.grid = grid;
        program = purifier.CreateFrameProgram(grid, FrameColour.Rgb);
        for (int i = 0; i < FrameProgram.Lanes; i++)
            free.Add(i, CancellationToken.None);
    }

    /// <summary>The passes of a frame.</summary>
    public PassGraph Graph => program.Graph;

    /// <summary>Waits until a frame may be handed in.</summary>
    public void AwaitLane(CancellationToken cancellation)
    {
        free.TryTake(out lane, cancellation);
        if (shaders != ShaderLibrary.Version)
            Reload(cancellation);
    }

    /// <summary>Hands a frame in; <see cref="AwaitLane"/> comes before.</summary>
    public void Submit(FrameSlot slot, CancellationToken cancellation)
    {
        Flight flight;
        lock (gate)
        {
            try
            {
                flight = new Flight(lane, purifier.Device, program.Submit(lane, slot.Raw), null);
            }
            catch (GpuDeviceLostException lost)
            {
                flight = new Flight(lane, purifier.Device, 0, lost);    // dealt with where frames come out
            }
        }

        inFlight.Add(flight, cancellation);
    }

    /// <summary>Takes the oldest frame out.</summary>
    /// <returns>Why it could not be purified, or null.</returns>
    public string? Collect(FrameSlot slot, CancellationToken cancellation)
    {
        if (!inFlight.TryTake(out Flight flight, cancellation))
            throw new InvalidOperationException($"Frame {slot.Id} was not handed in.");
        string? fault;
        try
        {
            if (flight.Lost is not null)
                throw flight.Lost;
            fault = ReferenceEquals(flight.Device, purifier.Device)
                ? FrameHealth.Fault(program.Collect(flight.Lane, flight.Submission, slot.Purified, purifier.Patience, cancellation))
                : Again(flight, slot, cancellation);
        }
        catch (GpuDeviceLostException lost)
        {
            fault = Recover(flight, slot, lost, cancellation);
        }

        if (fault is null)
            purifier.Tap?.Take(slot.Id, purifier.Device, program.Output(flight.Lane));
        free.Add(flight.Lane, cancellation);
        return fault;
    }

    /// <inheritdoc/>
    public void Dispose() => program.Dispose();

    // New shaders: with all lanes in hand no frame is in flight.
    private void Reload(CancellationToken cancellation)
    {
        for (int i = 1; i < FrameProgram.Lanes; i++)
            free.TryTake(out _, cancellation);
        lock (gate)
        {
            shaders = ShaderLibrary.Version;
            program.Dispose();
            try
            {
                purifier.Reload();
                program = purifier.CreateFrameProgram(grid, FrameColour.Rgb);
            }
            catch (GpuDeviceLostException lost)
            {
                Reopen(lost);   // with the new shaders
            }
        }

        for (int i = 0; i < FrameProgram.Lanes; i++)
        {
            if (i != lane)
                free.Add(i, cancellation);
        }
    }

    private string? Recover(Flight flight, FrameSlot slot, GpuDeviceLostException lost, CancellationToken cancellation)
    {
        lock (gate)
        {
            // Unless an earlier frame has done so; but the device may have been lost again with that frame.
            if (purifier.Device.IsLost)
                Reopen(lost);
        }

        try
        {
            return Again(flight, slot, cancellation);
        }
        catch (GpuDeviceLostException again)
        {
            return again.Message;   // the next frame opens the device once more
        }
    }

    private void Reopen(GpuDeviceLostException lost)
    {
        purifier.Recover(purifier.Device, lost);
        program = purifier.CreateFrameProgram(grid, FrameColour.Rgb);
    }

    // The lane is this frame's still, on the new device too.
    private string? Again(Flight flight, FrameSlot slot, CancellationToken cancellation)
    {
        ulong submission;
        lock (gate)
            submission = program.Submit(flight.Lane, slot.Raw);
        return FrameHealth.Fault(program.Collect(flight.Lane, submission, slot.Purified, purifier.Patience, cancellation));
    }

    private readonly record struct Flight(int Lane, GpuDevice Device, ulong Submission, GpuDeviceLostException? Lost);
}
