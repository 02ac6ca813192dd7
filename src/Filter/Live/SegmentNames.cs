using System.Globalization;
using System.Text.RegularExpressions;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Live;

/// <summary>The names of files of a fixed length: a pattern with the place of a number, "cam-%05d.mp4".</summary>
internal static partial class SegmentNames
{
    private const string Usage = "write a place for the number, as in -o 'cam-%05d.mp4'";

    /// <summary>Makes sure that a pattern has one number, in its file name.</summary>
    /// <exception cref="UserErrorException">It has not (usage).</exception>
    public static void Check(string pattern)
    {
        MatchCollection places = Place().Matches(pattern);
        if (places.Count != 1 || pattern.Count(letter => letter == '%') != 1 || !Place().IsMatch(Path.GetFileName(pattern)))
            throw new UserErrorException(ExitCode.Usage, $"--segment-time with -o '{pattern}': {Usage}.");
    }

    /// <summary>The first number that no file of the pattern has: one more than the highest.</summary>
    public static int Next(string pattern)
    {
        string name = Path.GetFileName(pattern);
        Match place = Place().Match(name);
        string head = name[..place.Index], tail = name[(place.Index + place.Length)..];
        return Directory.EnumerateFiles(Path.GetDirectoryName(pattern)!)
            .Select(file => Path.GetFileName(file))
            .Where(file => file.StartsWith(head, StringComparison.Ordinal) && file.EndsWith(tail, StringComparison.Ordinal) && file.Length > head.Length + tail.Length)
            .Select(file => int.TryParse(file.AsSpan(head.Length, file.Length - head.Length - tail.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number + 1 : 0)
            .DefaultIfEmpty(0)
            .Max();
    }

    [GeneratedRegex("%0?[0-9]*d")]
    private static partial Regex Place();
}
