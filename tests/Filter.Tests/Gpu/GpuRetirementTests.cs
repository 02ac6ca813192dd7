using Realtime.Filter.Gpu;

namespace Realtime.Filter.Tests.Gpu;

public sealed class GpuRetirementTests : GpuTest
{
    [SkippableFact]
    public void What_is_retired_lives_until_the_work_before_it_is_complete()
    {
        GpuQueue barrier = Barrier();
        GpuCommands commands = Nothing(Compute);
        ulong value = Compute.Submit(commands, [new GpuWait(barrier, 1)]);
        Witness first = new();
        Witness second = new();
        Device.Retire(first);
        ulong later = Compute.Submit(commands);
        Device.Retire(second);
        Device.DestroyRetired();
        Assert.Equal(0, first.Disposals);

        Open(barrier);
        Compute.Wait(value, Patience, CancellationToken.None);
        Compute.Wait(later, Patience, CancellationToken.None);
        Assert.Equal(0, first.Disposals);
        Compute.Submit(commands);
        Assert.Equal(1, first.Disposals);
        Assert.Equal(1, second.Disposals);
        barrier.Destroy();
    }

    [SkippableFact]
    public void A_buffer_in_use_is_retired_without_a_complaint()
    {
        GpuBuffer buffer = Device.CreateBuffer("scratch", 4096, GpuMemory.Device);
        GpuCommands commands = Device.CreateCommands(Compute);
        commands.Begin();
        commands.Fill(buffer, 1);
        commands.End();
        Compute.Submit(commands);
        Device.Retire(buffer);
        Device.Retire(commands);
        Run(Nothing(Compute));
    }

    [SkippableFact]
    public void Closing_the_device_destroys_what_still_waits()
    {
        Compute.Submit(Nothing(Compute));
        Witness witness = new();
        Device.Retire(witness);
        Device.Dispose();
        Assert.Equal(1, witness.Disposals);
    }

    private sealed class Witness : IDisposable
    {
        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
