using System.Diagnostics;
using Realtime.Filter.Gpu;

namespace Realtime.Filter.Tests.Gpu;

public sealed class GpuQueueTests : GpuTest
{
    [SkippableFact]
    public void Work_waits_for_another_time_line()
    {
        GpuQueue barrier = Barrier();
        GpuBuffer buffer = Upload(1, 2, 3);
        GpuBuffer readback = Device.CreateBuffer("readback", buffer.Size, GpuMemory.Readback);
        GpuCommands copy = Device.CreateCommands(Device.Transfer);
        copy.Begin();
        copy.Copy(buffer, readback, 0, 0, buffer.Size);
        copy.Barrier(GpuStage.Transfer, GpuStage.Host);
        copy.End();
        GpuCommands multiply = Device.CreateCommands(Compute);
        multiply.Begin();
        multiply.Bind(Multiply(Device, factor: 5), buffer, buffer);
        multiply.Push(3u);
        multiply.Dispatch(1);
        multiply.Barrier(GpuStage.Compute, GpuStage.Transfer);
        multiply.End();

        ulong multiplied = Compute.Submit(multiply, [new GpuWait(barrier, 1)]);
        ulong copied = Device.Transfer.Submit(copy, [new GpuWait(Compute, multiplied)]);
        Assert.False(Compute.IsComplete(multiplied));
        Assert.False(Device.Transfer.IsComplete(copied));
        Assert.Throws<InvalidOperationException>(multiply.Begin);
        Open(barrier);
        Device.Transfer.Wait(copied, Patience, CancellationToken.None);

        Assert.True(Compute.IsComplete(multiplied));
        Assert.Equal([5, 10, 15], Floats(readback).ToArray());
        barrier.Destroy();
    }

    [SkippableFact]
    public void A_wait_ends_when_cancelled()
    {
        GpuQueue barrier = Barrier();
        ulong value = Compute.Submit(Nothing(Compute), [new GpuWait(barrier, 1)]);
        using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(50));
        long start = Stopwatch.GetTimestamp();
        Assert.Throws<OperationCanceledException>(() => Compute.Wait(value, Timeout.InfiniteTimeSpan, soon.Token));
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0.04, 5);

        Open(barrier);
        Compute.Wait(value, Timeout.InfiniteTimeSpan, CancellationToken.None);
        barrier.Destroy();
    }

    [SkippableFact]
    public void A_device_that_does_not_answer_counts_as_lost()
    {
        GpuQueue barrier = Barrier();
        GpuCommands commands = Nothing(Compute);
        ulong value = Compute.Submit(commands, [new GpuWait(barrier, 1)]);
        GpuDeviceLostException error = Assert.Throws<GpuDeviceLostException>(
            () => Compute.Wait(value, TimeSpan.FromMilliseconds(120), CancellationToken.None));
        Assert.Equal("nothing", error.LastLabel);
        Assert.Contains("no answer within 0.12 s", error.Message);
        Assert.True(Device.IsLost);
        Assert.Throws<GpuDeviceLostException>(() => Compute.Submit(commands));

        Open(barrier);
        Compute.Wait(value, Patience, CancellationToken.None);
        barrier.Destroy();
    }

    [SkippableFact]
    public void A_lost_device_is_told_by_name_and_opened_again()
    {
        GpuCommands commands = Nothing(Compute);
        Device.Faults.LoseDeviceAtSubmit = 2;
        Run(commands);
        GpuDeviceLostException error = Assert.Throws<GpuDeviceLostException>(() => Compute.Submit(commands));
        Assert.Equal(Device.Adapter.Name, error.DeviceName);
        Assert.Equal("nothing", error.LastLabel);
        Assert.Throws<GpuDeviceLostException>(() => Compute.Submit(commands));
        Device.Dispose();

        using GpuDevice again = Instance.Open(0, CacheFolder, Log.Add);
        GpuCommands more = again.CreateCommands(again.Compute);
        more.Begin();
        more.End();
        again.Compute.Wait(again.Compute.Submit(more), Patience, CancellationToken.None);
        Assert.False(again.IsLost);
    }

    [SkippableFact]
    public void Waiting_for_what_was_never_submitted_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Compute.Wait(1, Patience, CancellationToken.None));

    [SkippableFact]
    public void Threads_may_submit_side_by_side()
    {
        GpuCommands[] commands = [.. Enumerable.Range(0, 4).Select(_ => Nothing(Compute))];
        Parallel.ForEach(commands, each =>
        {
            for (int turn = 0; turn < 50; turn++)
                Compute.Wait(Compute.Submit(each), Patience, CancellationToken.None);
        });
        Assert.Equal(200u, Compute.LastSubmitted);
    }

    [SkippableFact]
    public void Submitting_and_waiting_allocate_nothing()
    {
        GpuCommands commands = Nothing(Compute);
        Turns(commands, 200);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Turns(commands, 200);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Turns(GpuCommands commands, int count)
    {
        ulong last = 0;
        for (int turn = 0; turn < count; turn++)
        {
            last = Compute.Submit(commands, [new GpuWait(Compute, last)]);
            Compute.Wait(last, Patience, CancellationToken.None);
        }
    }
}
