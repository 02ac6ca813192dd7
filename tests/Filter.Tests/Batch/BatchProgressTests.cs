using Realtime.Filter.Batch;
using Realtime.Filter.Commands;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Tests.Batch;

public sealed class BatchProgressTests
{
    private static readonly BatchItem[] Items = [Item("a.mp4", 100), Item("b.mp4", 300), Item("c.mp4", 400)];

    [Fact]
    public void Time_left_goes_by_the_bytes_that_were_worked_on_here()
    {
        BatchQueue queue = new(Items);
        queue.Settle(Items[0], Record(FileState.Done));
        queue.Settle(Items[1], Record(FileState.Unchanged));
        using BatchProgress progress = new(Items, queue, [], ProgressMode.None);

        // 100 of 500 bytes took 10 s; 400 are left.
        Assert.Equal("file 2/3, 50 % of 800 B, 0:00:40 left", progress.Line(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Totals_tell_each_kind_and_decide_the_exit_code()
    {
        Assert.Equal(ExitCode.Ok, Totals(Record(FileState.Done), Record(FileState.Unchanged)).ExitCode);
        Assert.Equal(ExitCode.Partial, Totals(Record(FileState.Failed), Record(FileState.Unchanged)).ExitCode);
        Assert.Equal(ExitCode.Failed, Totals(Record(FileState.Failed), Record(FileState.Failed) with { IsOthers = true }).ExitCode);
        Assert.Equal(
            "3 files: 1 done, 1 done by other workers, 1 left to other workers; 7 frames (5 by an earlier run) in 2.0 s",
            BatchTotals.Of(3, [Record(FileState.Done) with { Frames = 7, ResumedFrames = 5 }, Record(FileState.Done) with { IsOthers = true, Frames = 9 }], 2).ToString());
    }

    private static BatchTotals Totals(params FileRecord[] records) => BatchTotals.Of(records.Length, records, 1);

    private static BatchItem Item(string name, long bytes) => new(name, "/" + name, name, false, bytes);

    private static FileRecord Record(FileState state) => new("in", "out", state);
}
