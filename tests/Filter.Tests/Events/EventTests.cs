using System.Text;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Errors;
using Realtime.Filter.Events;
using Realtime.Filter.Frames;
using Realtime.Filter.Telemetry;
using Realtime.Filter.Tests.Guard;
using Realtime.Filter.Tests.Telemetry;

namespace Realtime.Filter.Tests.Events;

public sealed class EventTests : IDisposable
{
    private static readonly byte[] Dark = new byte[3], Bright = [255, 255, 255];

    private readonly string folder = Directory.CreateTempSubdirectory("realtime-events-").FullName;
    private readonly FrameClassifier judge = new(new FakeClassifier(1, 1));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_frame_is_one_line_with_all_that_is_known_of_it()
    {
        using EventText text = new(["dark \"1\"", "bright ü"], "cuda:1");
        FrameSlot slot = Frame(7, Bright, Dark);
        slot.Pts = 31;
        (slot.Verdicts!.Score, slot.Verdicts.IsFlagged, slot.Verdicts.IsAlarm) = (0.912345678, true, true);

        Assert.Equal(
            """{"frame":7,"pts":1.24,"time":"2026-01-02T03:04:05.678Z","raw":[{"label":"bright ü","probability":0.73106},{"label":"dark \"1\"","probability":0.26894}],"purified":[{"label":"dark \"1\"","probability":0.73106},{"label":"bright ü","probability":0.26894}],"score":0.91235,"flagged":true,"alarm":true,"device":"cuda:1","latencyMs":12.346,"dropped":2,"unpurified":false,"failure":null}""" + "\n",
            Line(text, slot, 12.34567, 2));
    }

    [Fact]
    public void What_is_not_known_is_null()
    {
        using EventText text = new([], "cpu");
        FrameSlot slot = new(new FrameFormat(1, 1, new TimeBase(1, 90000), 25, null)) { Id = 1, Pts = 30030, Failure = "out of memory" };

        Assert.Equal(
            """{"frame":1,"pts":0.333667,"time":"2026-01-02T03:04:05.678Z","raw":null,"purified":null,"score":null,"flagged":false,"alarm":false,"device":"cpu","latencyMs":0,"dropped":0,"unpurified":true,"failure":"out of memory"}""" + "\n",
            Line(text, slot, 0, 0));
    }

    [Theory]
    [InlineData(EventRule.Frame, null, "1111111111")]
    [InlineData(EventRule.Frame, 4L, "1000110111")]     // 0, 4, 8; the alarm up at 5 and down at 7; the failure begins at 8 and ends at 9
    [InlineData(EventRule.Change, null, "1010010111")]  // besides, the raw class changes at 2
    [InlineData(EventRule.Change, 3L, "1011011111")]
    public void Every_so_many_frames_make_an_event_and_what_needs_attention_always_does(EventRule rule, long? every, string expected)
    {
        EventChoice choice = new(rule, every);
        StringBuilder taken = new();
        for (int i = 0; i < 10; i++)
        {
            FrameSlot slot = Frame(i, i < 2 ? Dark : Bright, Dark);
            slot.Verdicts!.IsAlarm = i is 5 or 6;
            slot.Failure = i == 8 ? "broken" : null;
            taken.Append(choice.Takes(slot, 0) ? '1' : '0');
        }

        Assert.Equal(expected, taken.ToString());
    }

    [Fact]
    public void Dropped_frames_make_an_event_that_counts_those_since_the_last_one()
    {
        FrameDrops drops = new();
        string path = Path.Combine(folder, "events.jsonl");
        using (EventLog log = Log(path, new EventChoice(EventRule.Change, null), drops))
        {
            for (int i = 0; i < 6; i++)
            {
                if (i is 2 or 4)
                    drops.Dropped("late", i);
                log.FrameOut(Frame(i, Dark, Dark));
            }
        }

        Assert.Equal(["0,0", "2,2", "4,4"], File.ReadAllLines(path).Select(line =>
        {
            using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(line);
            return $"{json.RootElement.GetProperty("frame")},{json.RootElement.GetProperty("dropped")}";
        }));
    }

    [Fact]
    public void A_file_is_appended_to_line_by_line_also_after_another_program_has_cut_it()
    {
        string path = Path.Combine(folder, "events.jsonl");
        File.WriteAllText(path, "old\n");
        using FileEvents events = new(path, _ => { });
        events.Write("one\n"u8);
        Assert.Equal("old\none\n", File.ReadAllText(path));

        File.WriteAllText(path, "");
        events.Write("two\n"u8);
        Assert.Equal("two\n", File.ReadAllText(path));
        Assert.Equal((2, 0), (events.Counts.Delivered, events.Counts.Lost));
    }

    [Fact]
    public void A_full_disk_loses_events_counts_them_and_is_told_of_now_and_then()
    {
        List<string> told = [];
        FakeClock clock = new();
        using FileEvents events = new("/dev/full", told.Add, clock);
        for (int i = 0; i < 10; i++)
            events.Write("one\n"u8);

        Assert.Equal((0, 10), (events.Counts.Delivered, events.Counts.Lost));
        string line = Assert.Single(told);
        Assert.StartsWith("an event could not be written to '/dev/full': ", line, StringComparison.Ordinal);
        clock.Advance(1);
        events.Write("one\n"u8);
        Assert.Contains("9 more since", told[1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_in_a_file_costs_no_memory()
    {
        using EventLog log = Log(Path.Combine(folder, "events.jsonl"), new EventChoice(EventRule.Frame, null), new FrameDrops());
        FrameSlot slot = Frame(1, Bright, Dark);
        for (int i = 0; i < 50; i++)
            log.FrameOut(slot);
        long[] windows = new long[8];
        for (int window = 0; window < windows.Length; window++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++)
                log.FrameOut(slot);
            windows[window] = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Contains(0, windows);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ftp://user:secret@host/x")]
    [InlineData("/no/such/folder/events.jsonl")]
    public void What_cannot_be_written_is_refused_and_no_secret_is_told(string target)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => EventWriters.Open(target, _ => { }));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains("--events", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private static EventLog Log(string path, EventChoice choice, FrameDrops drops) =>
        new(new FileEvents(path, _ => { }), choice, new EventText(["dark", "bright"], "cpu"), drops, TimeProvider.System);

    private static string Line(EventText text, FrameSlot slot, double latency, long dropped) =>
        Encoding.UTF8.GetString(text.Write(slot, new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc), latency, dropped));

    private FrameSlot Frame(long id, byte[] raw, byte[] purified)
    {
        FrameSlot slot = new(new FrameFormat(1, 1, new TimeBase(1, 25), 25, null)) { Id = id, IsPurified = true, Verdicts = new FrameVerdicts(2) };
        judge.Classify(raw);
        slot.Verdicts.TakeRaw(judge);
        judge.Classify(purified);
        slot.Verdicts.TakePurified(judge);
        return slot;
    }
}
