using System.Diagnostics;
using System.Text.Json;
using Realtime.Filter.Graph;
using Realtime.Viewer.App;
using Realtime.Viewer.Tests.Windowing;
using Silk.NET.Maths;

namespace Realtime.Viewer.Tests.App;

/// <summary>How long the window takes to answer a key.</summary>
public sealed class AnswerTests(Screen screen) : SessionTest(screen)
{
    private const int Keys = 60;

    [SkippableFact]
    public void Every_key_and_click_that_is_answered_is_counted_in_the_report()
    {
        Begin();
        AnswerTime answers = Session.Actions.Answers;
        Assert.Equal(0, answers.Count);
        Press("d", () => State.ShowDifference);
        TurnUntil(() => answers.Count == 1);
        X.Click(XWindow, 4, 100, 100);
        TurnUntil(() => answers.Count == 2);
        Turn(5);
        Assert.Equal(2, answers.Count);
        Assert.True(answers.Percentile(50) > 0);

        WindowReport report = new(Session);
        report.Look();
        report.Look();      // not before ten seconds are over
        JsonElement told = JsonDocument.Parse(report.ToJson()).RootElement;
        Assert.Equal(2, told.GetProperty("answers").GetInt64());
        Assert.Equal(answers.Percentile(99), told.GetProperty("answerP99").GetDouble());
        Assert.Equal(Session.Painter.Pictures, told.GetProperty("pictures").GetInt64());
        Assert.Equal((Width, Height), (told.GetProperty("width").GetInt32(), told.GetProperty("height").GetInt32()));
        Assert.InRange(Assert.Single(told.GetProperty("memory").EnumerateArray()).GetProperty("residentMegabytes").GetDouble(), 10, 10_000);
    }

    /// <summary>
    /// A figure, not a test: REALTIME_MEASURE=1 ./realtime test --filter From_key_to_screen. Someone else at the X server presses a key and
    /// looks at a pixel until it changes.
    /// </summary>
    [SkippableFact]
    public void From_key_to_screen()
    {
        Skip.If(Environment.GetEnvironmentVariable("REALTIME_MEASURE") != "1", "a measurement, on request");
        Begin(settings => settings with { Size = (1280, 720) }, validation: false);
        State.Steps = 10;
        TurnUntil(() => Session.Painter.FrameId >= 5);

        StageStatistics seen = new("seen");
        Vector2D<int> place = Session.Window.Window.Position;
        long first = Session.Painter.FramesShown, begin = Stopwatch.GetTimestamp();
        Thread other = new(() => Look(seen, place.X + 425, place.Y + 20));
        other.Start();
        while (other.IsAlive)
            Session.Turn();

        AnswerTime answers = Session.Actions.Answers;
        Console.WriteLine(
            $"{seen.Count} keys: to the screen p50 {seen.Percentile(50):0.0} ms, p99 {seen.Percentile(99):0.0} ms; to the present p50 {answers.Percentile(50):0.0} ms, p99 {answers.Percentile(99):0.0} ms; "
            + $"{(Session.Painter.FramesShown - first) / Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0} frames/s purified, {State.Attack}-{State.Steps}");
        Assert.Equal(Keys, seen.Count);
    }

    // D adds a pane and takes it away: a pixel between two panes is then within one.
    private void Look(StageStatistics seen, int x, int y)
    {
        using XClient client = new(Environment.GetEnvironmentVariable("DISPLAY")!);
        Random random = new(1);
        using ManualResetEvent never = new(false);
        for (int key = 0; key < Keys; key++)
        {
            never.WaitOne(random.Next(60, 160));
            int before = client.Pixel(x, y);
            long pressed = Stopwatch.GetTimestamp();
            client.Type(XWindow, "d");
            while (client.Pixel(x, y) == before && Stopwatch.GetElapsedTime(pressed) < TimeSpan.FromSeconds(10))
                Thread.Yield();
            seen.Record(Stopwatch.GetTimestamp() - pressed);
        }
    }
}
