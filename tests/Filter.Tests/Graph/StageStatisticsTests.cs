using System.Diagnostics;
using Realtime.Filter.Graph;

namespace Realtime.Filter.Tests.Graph;

public sealed class StageStatisticsTests
{
    [Fact]
    public void Percentiles_are_nearest_rank()
    {
        StageStatistics statistics = new("stage");
        for (int i = 100; i >= 1; i--)
            statistics.Record(i * Stopwatch.Frequency / 1000);

        Assert.Equal(50, statistics.Percentile(50), 6);
        Assert.Equal(95, statistics.Percentile(95), 6);
        Assert.Equal(99, statistics.Percentile(99), 6);
        Assert.Equal(100, statistics.Percentile(100), 6);
        Assert.Equal(5050, statistics.Total.TotalMilliseconds, 3);
    }

    [Fact]
    public void Nothing_measured_is_zero() => Assert.Equal(0, new StageStatistics("stage").Percentile(99));
}
