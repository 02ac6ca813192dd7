using System.Diagnostics;
using System.Diagnostics.Metrics;
using Realtime.Filter.Telemetry;

namespace Realtime.Filter.Tests.Telemetry;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly Meter meter = new("test");

    public void Dispose() => meter.Dispose();

    [Fact]
    public void Every_kind_of_instrument_has_its_name_type_and_values()
    {
        using MetricsCollector collector = new(one => one == meter);
        Counter<long> counter = meter.CreateCounter<long>("a.frames", "{frame}", "Frames.");
        long now = 5;
        meter.CreateObservableCounter("b.seen", () => now, description: "Seen.");
        meter.CreateObservableGauge("c.depth", () => new[] { new Measurement<int>(2, new KeyValuePair<string, object?>("queue", "sink")), new Measurement<int>(0, new KeyValuePair<string, object?>("queue", "purify")) });
        UpDownCounter<int> balance = meter.CreateUpDownCounter<int>("d.balance", "By");
        counter.Add(3);
        counter.Add(4);
        balance.Add(5);
        balance.Add(-7);

        string[] expected =
        [
            "# HELP a_frames_total Frames.", "# TYPE a_frames_total counter", "a_frames_total 7",
            "# HELP b_seen_total Seen.", "# TYPE b_seen_total counter", "b_seen_total 5",
            "# HELP c_depth ", "# TYPE c_depth gauge", "c_depth{queue=\"sink\"} 2", "c_depth{queue=\"purify\"} 0",
            "# HELP d_balance_bytes ", "# TYPE d_balance_bytes gauge", "d_balance_bytes -2",
        ];
        Assert.Equal(expected, Ours(collector));
        now = 6;
        Assert.Contains("b_seen_total 6", Ours(collector));
    }

    [Fact]
    public void A_histogram_has_cumulative_buckets_that_hold_their_bounds_a_sum_and_a_count()
    {
        using MetricsCollector collector = new(one => one == meter);
        Histogram<double> histogram = meter.CreateHistogram("h.time", "s", "T.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (double value in (double[])[0.05, 0.1, 0.5, 2, 3])
            histogram.Record(value, new KeyValuePair<string, object?>("stage", "purify"));
        histogram.Record(1, new KeyValuePair<string, object?>("stage", "sink"));

        string[] expected =
        [
            "# HELP h_time_seconds T.", "# TYPE h_time_seconds histogram",
            "h_time_seconds_bucket{stage=\"purify\",le=\"0.1\"} 2", "h_time_seconds_bucket{stage=\"purify\",le=\"1\"} 3", "h_time_seconds_bucket{stage=\"purify\",le=\"+Inf\"} 5",
            "h_time_seconds_sum{stage=\"purify\"} 5.65", "h_time_seconds_count{stage=\"purify\"} 5",
            "h_time_seconds_bucket{stage=\"sink\",le=\"0.1\"} 0", "h_time_seconds_bucket{stage=\"sink\",le=\"1\"} 1", "h_time_seconds_bucket{stage=\"sink\",le=\"+Inf\"} 1",
            "h_time_seconds_sum{stage=\"sink\"} 1", "h_time_seconds_count{stage=\"sink\"} 1",
        ];
        Assert.Equal(expected, Ours(collector));
    }

    [Fact]
    public void Help_labels_and_values_are_escaped_as_the_format_asks()
    {
        using MetricsCollector collector = new(one => one == meter);
        meter.CreateObservableGauge("2.odd-name", () => new Measurement<double>(double.NaN, new KeyValuePair<string, object?>("a.b", "say \"hi\"\\\n")), description: "line\none \\ \"two\"");
        meter.CreateObservableGauge("limit", () => double.PositiveInfinity);

        Assert.Equal(
            ["# HELP _2_odd_name line\\none \\\\ \"two\"", "# TYPE _2_odd_name gauge", "_2_odd_name{a_b=\"say \\\"hi\\\"\\\\\\n\"} NaN", "# HELP limit ", "# TYPE limit gauge", "limit +Inf"],
            Ours(collector));
    }

    [Fact]
    public void A_measurement_costs_no_memory()
    {
        using MetricsCollector collector = new(one => one == meter);
        Histogram<double> histogram = meter.CreateHistogram<double>("h");
        Record();
        long[] windows = new long[8];
        for (int window = 0; window < windows.Length; window++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
                Record();
            windows[window] = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Contains(0, windows);

        void Record()
        {
            histogram.Record(0.3, new KeyValuePair<string, object?>("stage", "purify"));
            histogram.Record(0.3, new KeyValuePair<string, object?>("stage", "sink"));
        }
    }

    [SkippableFact]
    public void Promtool_finds_nothing_to_say() => Check("promtool", ["check", "metrics"]);

    [SkippableFact]
    public void Prometheuss_own_client_for_python_reads_the_same_values()
    {
        const string Read = "import sys\nfrom prometheus_client.parser import text_string_to_metric_families as read\nfor f in read(sys.stdin.read()):\n for s in f.samples:\n  print(s.name, sorted(s.labels.items()), s.value)";
        string found = Check("python3", ["-c", Read], needs: ["-c", "import prometheus_client"]);

        Assert.Contains("realtime_odd [('text', 'say \"hi\"\\\\\\n')] 1.5", found, StringComparison.Ordinal);
        Assert.Contains("realtime_time_seconds_bucket [('le', '+Inf'), ('stage', 'sink')] 1.0", found, StringComparison.Ordinal);
        Assert.Contains("realtime_frames_total [] 7.0", found, StringComparison.Ordinal);
    }

    // What a program makes of a text with all kinds in it, and of .NET's own figures.
    private string Check(string program, string[] arguments, string[]? needs = null)
    {
        Skip.IfNot(Runs(program, needs ?? ["--version"]), $"{program} {(needs is null ? "" : string.Join(' ', needs))} does not run here");
        using MetricsCollector collector = new(one => one == meter);
        meter.CreateCounter<long>("realtime.frames", description: "Frames.").Add(7);
        meter.CreateObservableGauge("realtime.odd", () => new Measurement<double>(1.5, new KeyValuePair<string, object?>("text", "say \"hi\"\\\n")), description: "Odd \\ text.");
        meter.CreateHistogram<double>("realtime.time", "s", "Times.").Record(0.3, new KeyValuePair<string, object?>("stage", "sink"));

        using Process process = Start(program, arguments);
        process.StandardInput.Write(collector.Write());
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((0, ""), (process.ExitCode, errors.Result));
        return output;
    }

    private static bool Runs(string program, string[] arguments)
    {
        try
        {
            using Process process = Start(program, arguments);
            process.StandardInput.Close();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(string program, string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static string[] Ours(MetricsCollector collector) => [.. collector.Write().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Contains("dotnet_", StringComparison.Ordinal))];
}
