using System.Diagnostics;
using Silk.NET.Vulkan;
using Semaphore = Silk.NET.Vulkan.Semaphore;

namespace Realtime.Filter.Gpu;

/// <summary>
/// A queue of the device with its own time line: every submission raises it by one when complete. Safe to use from any thread; submitting
/// and waiting allocate nothing.
/// </summary>
public sealed unsafe partial class GpuQueue
{
    private const int MaxWaits = 16;

    // Short enough for Ctrl-C to feel immediate.
    private const ulong SliceNanoseconds = 100_000_000;

    private readonly GpuDevice device;
    private readonly Lock gate = new();
    private ulong submitted;
    private ulong completed;
    private string? lastLabel;

    internal GpuQueue(GpuDevice device, GpuQueueFamily family, string name, uint index = 0)
    {
        this.device = device;
        Family = family;
        Queue handle;
        device.Api.GetDeviceQueue(device.Handle, family.Index, index, &handle);
        Handle = handle;

        SemaphoreTypeCreateInfo type = new() { SType = StructureType.SemaphoreTypeCreateInfo, SemaphoreType = SemaphoreType.Timeline };
        SemaphoreCreateInfo info = new() { SType = StructureType.SemaphoreCreateInfo, PNext = &type };
        Semaphore timeline;
        GpuResult.Check(device.Api.CreateSemaphore(device.Handle, &info, null, &timeline), "vkCreateSemaphore");
        device.Objects.Made(ObjectType.Semaphore);
        Timeline = timeline;
        device.SetName(ObjectType.Semaphore, timeline.Handle, name);
    }

    /// <summary>The Vulkan queue; submitting to it past this class needs a lock of one's own.</summary>
    public Queue Handle { get; }

    /// <summary>The timeline semaphore.</summary>
    public Semaphore Timeline { get; }

    /// <summary>Whether it runs shaders, and not copies alone.</summary>
    public bool HasCompute => Family.HasCompute;

    /// <summary>Whether <see cref="GpuCommands.Timestamp"/> works on it.</summary>
    public bool HasTimestamps => Family is { HasCompute: true, TimestampBits: > 0 };

    /// <summary>The value of the latest submission; 0 before the first.</summary>
    public ulong LastSubmitted => Volatile.Read(ref submitted);

    internal GpuQueueFamily Family { get; }

    /// <summary>Hands commands to the device.</summary>
    /// <param name="commands">Ended commands, recorded for this queue.</param>
    /// <param name="waits">What has to be complete before they begin; at most 16.</param>
    /// <returns>The value of the time line that tells that they are complete.</returns>
    /// <exception cref="GpuDeviceLostException">The device was lost, now or earlier.</exception>
    public ulong Submit(GpuCommands commands, ReadOnlySpan<GpuWait> waits = default) => SubmitImage(commands, waits, default, default);

    /// <summary>As <see cref="Submit"/>, with the two binary semaphores that a swapchain needs; either may be none.</summary>
    internal ulong SubmitImage(GpuCommands commands, ReadOnlySpan<GpuWait> waits, Semaphore acquired, Semaphore drawn)
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(waits.Length, MaxWaits, nameof(waits));
        if (commands.Queue != this || !commands.IsRecorded)
            throw new ArgumentException("the commands were not ended, or were recorded for another queue", nameof(commands));

        int all = waits.Length + 1;
        Semaphore* semaphores = stackalloc Semaphore[all];
        ulong* values = stackalloc ulong[all];
        PipelineStageFlags* stages = stackalloc PipelineStageFlags[all];
        semaphores[waits.Length] = acquired;
        values[waits.Length] = 0;
        stages[waits.Length] = PipelineStageFlags.AllCommandsBit;
        for (int index = 0; index < waits.Length; index++)
        {
            semaphores[index] = waits[index].Queue.Timeline;
            values[index] = waits[index].Value;
            stages[index] = PipelineStageFlags.AllCommandsBit;
        }
        ulong value = Send(commands, semaphores, values, stages, (uint)(acquired.Handle == 0 ? waits.Length : all), drawn);
        device.DestroyRetired();
        return value;
    }

    /// <summary>Whether the submission of <paramref name="value"/> is complete.</summary>
    /// <exception cref="GpuDeviceLostException">The device was lost.</exception>
    public bool IsComplete(ulong value)
    {
        if (value <= Volatile.Read(ref completed))
            return true;
        ulong reached;
        Check(device.Api.GetSemaphoreCounterValue(device.Handle, Timeline, &reached), "vkGetSemaphoreCounterValue");
        Volatile.Write(ref completed, reached);
        return value <= reached;
    }

    /// <summary>Waits until the submission of <paramref name="value"/> is complete.</summary>
    /// <param name="value">What <see cref="Submit"/> returned.</param>
    /// <param name="timeout">The longest time to wait; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <param name="cancellation">Looked at every 100 ms.</param>
    /// <exception cref="GpuDeviceLostException">The device was lost, or did not finish in time; it counts as lost then.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Wait(ulong value, TimeSpan timeout, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LastSubmitted);
        Semaphore timeline = Timeline;
        SemaphoreWaitInfo info = new() { SType = StructureType.SemaphoreWaitInfo, SemaphoreCount = 1, PSemaphores = &timeline, PValues = &value };
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            TimeSpan left = timeout == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : timeout - Stopwatch.GetElapsedTime(start);
            double slice = Math.Clamp(left.TotalNanoseconds, 0, SliceNanoseconds);
            Result result = device.Api.WaitSemaphores(device.Handle, &info, (ulong)slice);
            Check(result, "vkWaitSemaphores");
            if (result == Result.Success)
                return;
            if (left <= TimeSpan.Zero)
                throw device.Lose(lastLabel, $"no answer within {timeout.TotalSeconds:0.###} s");
        }
    }

    internal void Destroy()
    {
        device.Api.DestroySemaphore(device.Handle, Timeline, null);
        device.Objects.Gone(ObjectType.Semaphore, Timeline.Handle);
    }

    private ulong Send(GpuCommands commands, Semaphore* waits, ulong* waitValues, PipelineStageFlags* stages, uint waitCount, Semaphore drawn)
    {
        CommandBuffer buffer = commands.Handle;
        Semaphore* signals = stackalloc Semaphore[2] { Timeline, drawn };
        ulong* signalValues = stackalloc ulong[2];
        uint signalCount = drawn.Handle == 0 ? 1u : 2;
        lock (gate)
        {
            ulong value = submitted + 1;
            signalValues[0] = value;
            TimelineSemaphoreSubmitInfo timeline = new()
            {
                SType = StructureType.TimelineSemaphoreSubmitInfo,
                WaitSemaphoreValueCount = waitCount,
                PWaitSemaphoreValues = waitValues,
                SignalSemaphoreValueCount = signalCount,
                PSignalSemaphoreValues = signalValues,
            };
            SubmitInfo info = new()
            {
                SType = StructureType.SubmitInfo,
                PNext = &timeline,
                WaitSemaphoreCount = waitCount,
                PWaitSemaphores = waits,
                PWaitDstStageMask = stages,
                CommandBufferCount = 1,
                PCommandBuffers = &buffer,
                SignalSemaphoreCount = signalCount,
                PSignalSemaphores = signals,
            };
            lastLabel = commands.LastLabel;
            bool isLost = device.IsLost || device.Faults.IsSubmitLost();
            Check(isLost ? Result.ErrorDeviceLost : device.Api.QueueSubmit(Handle, 1, &info, default), "vkQueueSubmit");
            commands.LastSubmission = value;
            Volatile.Write(ref submitted, value);
            return value;
        }
    }

    private void Check(Result result, string what)
    {
        if (result == Result.ErrorDeviceLost)
            throw device.Lose(lastLabel, "device lost");
        GpuResult.Check(result, what);
    }
}
