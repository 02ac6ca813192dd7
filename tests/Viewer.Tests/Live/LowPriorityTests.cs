using Realtime.Viewer.Live;

namespace Realtime.Viewer.Tests.Live;

public sealed class LowPriorityTests
{
    [SkippableFact]
    public void Threads_made_within_give_way_to_the_caller()
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        int mine = LowPriority.OfCaller, made = int.MinValue;
        Thread worker = LowPriority.Make(() => new Thread(() => made = LowPriority.OfCaller));
        Assert.Equal(mine, LowPriority.OfCaller);
        worker.Start();     // what counts is who starts it
        worker.Join();
        Assert.Equal(mine, made);

        worker = LowPriority.Make(() =>
        {
            Thread started = new(() => made = LowPriority.OfCaller);
            started.Start();
            return started;
        });
        worker.Join();
        Assert.Equal(Math.Min(19, mine + 5), made);
    }

    [Fact]
    public void What_goes_wrong_within_is_thrown_to_the_caller() =>
        Assert.Throws<FormatException>(() => LowPriority.Make<int>(() => throw new FormatException()));
}
