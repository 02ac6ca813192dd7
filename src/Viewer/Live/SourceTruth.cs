using System.Globalization;
using Realtime.Filter.Errors;

namespace Realtime.Viewer.Live;

/// <summary>What a source truly shows, by frame: one label for all of it, or a table. Frame n is the one at n / frame rate seconds.</summary>
internal sealed class SourceTruth
{
    private const string Header = "first_frame,last_frame,label";

    private readonly List<(long First, long Last, int Label)> ranges = [];

    /// <summary>Reads what was given for --labels.</summary>
    /// <param name="text">A label of the classifier, or the path of a table: lines of first_frame,last_frame,label, with or without this header.</param>
    /// <param name="classifier">Its name, for messages.</param>
    /// <param name="labels">Its labels.</param>
    /// <exception cref="UserErrorException">Neither, or a line that says something else (<see cref="ExitCode.Usage"/>); the message names it.</exception>
    public static SourceTruth Parse(string text, string classifier, IReadOnlyList<string> labels)
    {
        SourceTruth truth = new();
        if (IndexOf(labels, text) is int only)
            truth.ranges.Add((0, long.MaxValue, only));
        else if (File.Exists(text))
            truth.ReadTable(text, classifier, labels);
        else
            throw Usage($"--labels '{text}' is neither a file nor a label of '{classifier}', which has {Listed(labels)}");
        return truth;
    }

    /// <summary>The label of a frame, or -1 where the table leaves it out.</summary>
    public int At(long frame)
    {
        int low = 0, high = ranges.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            (long first, long last, int label) = ranges[middle];
            if (frame >= first && frame <= last)
                return label;
            if (frame < first)
                high = middle - 1;
            else
                low = middle + 1;
        }

        return -1;
    }

    private void ReadTable(string path, string classifier, IReadOnlyList<string> labels)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Usage($"--labels '{path}' cannot be read: {error.Message.TrimEnd('.')}", error);
        }

        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || (i == 0 && line.Replace(" ", "", StringComparison.Ordinal) == Header))
                continue;
            string[] cells = line.Split(',', 3, StringSplitOptions.TrimEntries);
            if (cells.Length != 3 || !IsFrame(cells[0], out long first) || !IsFrame(cells[1], out long last) || last < first)
                throw Usage($"'{path}' line {i + 1}: '{line}' is not {Header}, such as 0,24,{labels[0]}");
            int label = IndexOf(labels, cells[2]) ?? throw Usage($"'{path}' line {i + 1}: '{cells[2]}' is no label of '{classifier}', which has {Listed(labels)}");
            ranges.Add((first, last, label));
        }

        if (ranges.Count == 0)
            throw Usage($"'{path}' has no line of {Header}");
        ranges.Sort();
        for (int i = 1; i < ranges.Count; i++)
        {
            if (ranges[i].First <= ranges[i - 1].Last)
                throw Usage($"'{path}' says frame {ranges[i].First} twice, in {ranges[i - 1].First}-{ranges[i - 1].Last} and in {ranges[i].First}-{ranges[i].Last}");
        }
    }

    private static bool IsFrame(string text, out long frame) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out frame);

    private static int? IndexOf(IReadOnlyList<string> labels, string label)
    {
        for (int i = 0; i < labels.Count; i++)
        {
            if (labels[i].Equals(label, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return null;
    }

    private static string Listed(IReadOnlyList<string> labels)
    {
        const int Most = 12;
        string some = string.Join(", ", labels.Take(Most));
        return labels.Count <= Most ? some : $"{some} and {labels.Count - Most} more";
    }

    private static UserErrorException Usage(string message, Exception? inner = null) => new(ExitCode.Usage, message + ".", inner);
}
