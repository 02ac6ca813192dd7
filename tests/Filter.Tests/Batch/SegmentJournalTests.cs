using Realtime.Filter.Batch;

namespace Realtime.Filter.Tests.Batch;

public sealed class SegmentJournalTests : IDisposable
{
    private static readonly SegmentHeader Header = new("content", "settings", "5.1");

    private readonly string folder = Directory.CreateTempSubdirectory("realtime-journal-").FullName;

    private string Journal => Path.Combine(folder, "journal.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_was_added_is_there_again_and_goes_on()
    {
        Fill(2);
        using (SegmentJournal journal = Open())
        {
            Assert.Equal((2, 10, null), (journal.Segments.Count, journal.Frames, journal.End));
            Add(journal, 3);
            journal.Add(new SegmentEnd(true, null));
        }

        using SegmentJournal again = Open();
        Assert.Equal((3, new SegmentEnd(true, null)), (again.Segments.Count, again.End));
    }

    [Theory]
    [InlineData("{\"segment\":{\"file\":\"segm")]
    [InlineData("{\"segment\":{\"file\":\"segm\n")]
    [InlineData("\0\0\0\0\n")]
    public void A_torn_last_line_is_dropped(string torn)
    {
        Fill(2);
        File.AppendAllText(Journal, torn);
        using (SegmentJournal journal = Open())
        {
            Assert.Equal(2, journal.Segments.Count);
            Add(journal, 3);
        }

        using SegmentJournal again = Open();
        Assert.Equal(3, again.Segments.Count);
    }

    [Fact]
    public void A_segment_whose_bytes_are_others_is_dropped_with_all_after_it()
    {
        Fill(3);
        File.WriteAllText(Path.Combine(folder, "segment-2"), "bad bytes");

        using SegmentJournal journal = Open();

        Assert.Equal("segment-1", Assert.Single(journal.Segments).File);
        Assert.False(File.Exists(Path.Combine(folder, "segment-3")));
    }

    [Theory]
    [InlineData("other", "settings", "5.1")]
    [InlineData("content", "other", "5.1")]
    [InlineData("content", "settings", "6.0")]
    public void Segments_of_other_content_or_settings_are_thrown_away(string content, string settings, string ffmpeg)
    {
        Fill(2);
        File.WriteAllText(Path.Combine(folder, "segment-3.partial"), "left by a kill");

        using SegmentJournal journal = SegmentJournal.Open(folder, new SegmentHeader(content, settings, ffmpeg), default);

        Assert.Empty(journal.Segments);
        Assert.Equal([Journal], Directory.GetFiles(folder));
    }

    private SegmentJournal Open() => SegmentJournal.Open(folder, Header, default);

    private void Fill(int count)
    {
        using SegmentJournal journal = Open();
        for (int i = 1; i <= count; i++)
            Add(journal, i);
    }

    private void Add(SegmentJournal journal, int number)
    {
        string temporary = Path.Combine(folder, "temporary");
        File.WriteAllText(temporary, $"segment {number}");
        journal.Add(temporary, new Segment($"segment-{number}", 5, 100 * number, 0, null, Fingerprint.OfFile(temporary, default)));
    }
}
