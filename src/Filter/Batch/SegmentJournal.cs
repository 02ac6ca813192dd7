using System.Text;

namespace Realtime.Filter.Batch;

/// <summary>
/// The finished segments of one video, in its work folder: a line each, appended when the segment itself is on the disk. A line that a kill
/// cut off is dropped when the journal is opened again, and so is a segment whose bytes are not what its line says, with all after it.
/// </summary>
internal sealed class SegmentJournal : IDisposable
{
    private const string FileName = "journal.jsonl";

    private readonly string folder;
    private readonly FileStream file;
    private readonly List<Segment> segments = [];

    private SegmentJournal(string folder, FileStream file)
    {
        this.folder = folder;
        this.file = file;
    }

    /// <summary>The finished segments, in their order.</summary>
    public IReadOnlyList<Segment> Segments => segments;

    /// <summary>Frames in them.</summary>
    public long Frames => segments.Sum(segment => segment.Frames);

    /// <summary>Set when there are no more frames to come.</summary>
    public SegmentEnd? End { get; private set; }

    /// <summary>Opens or begins the journal of a work folder. What was made from other content or with other settings is thrown away.</summary>
    /// <param name="folder">Made if missing.</param>
    /// <param name="header">What this run works on.</param>
    /// <param name="cancellation">Ends the reading of the segments.</param>
    public static SegmentJournal Open(string folder, SegmentHeader header, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        SegmentJournal journal = new(folder, new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite));
        try
        {
            journal.Read(header, cancellation);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Takes a finished segment file into the folder and the journal; both are on the disk when this returns.</summary>
    /// <param name="temporary">The file; it gets the segment's name.</param>
    /// <param name="segment">What is in it.</param>
    public void Add(string temporary, Segment segment)
    {
        BatchFolder.Flush(temporary);
        File.Move(temporary, Path.Combine(folder, segment.File), overwrite: true);
        Append(new SegmentLine(Segment: segment));
        segments.Add(segment);
    }

    /// <summary>Says that there are no more frames.</summary>
    public void Add(SegmentEnd end)
    {
        Append(new SegmentLine(End: end));
        End = end;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private void Read(SegmentHeader header, CancellationToken cancellation)
    {
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        int at = 0;
        while (End is null && Array.IndexOf(bytes, (byte)'\n', at) is int end and >= 0)
        {
            SegmentLine? line = BatchJson.TryRead<SegmentLine>(Encoding.UTF8.GetString(bytes, at, end - at));
            if (at == 0 ? line?.Header != header : !Take(line, cancellation))
                break;
            at = end + 1;
        }

        file.SetLength(at);
        file.Position = at;
        RemoveOthers();
        if (at == 0)
            Append(new SegmentLine(Header: header));
    }

    private bool Take(SegmentLine? line, CancellationToken cancellation)
    {
        End = line?.End;
        if (line?.Segment is not { } segment)
            return End is not null;
        if (segment.File is not { Length: > 0 } name || Path.GetFileName(name) != name)
            return false;       // damaged: segments lie in this folder
        string path = Path.Combine(folder, name);
        if (!File.Exists(path) || Fingerprint.OfFile(path, cancellation) != segment.Sha256)
            return false;
        segments.Add(segment);
        return true;
    }

    // Left by a kill, or of other settings.
    private void RemoveOthers()
    {
        HashSet<string> kept = [FileName, .. segments.Select(segment => segment.File)];
        foreach (string path in Directory.EnumerateFiles(folder).Where(path => !kept.Contains(Path.GetFileName(path))))
            File.Delete(path);
    }

    private void Append(SegmentLine line)
    {
        file.Write(Encoding.UTF8.GetBytes(BatchJson.Write(line) + "\n"));
        file.Flush(flushToDisk: true);
    }
}
