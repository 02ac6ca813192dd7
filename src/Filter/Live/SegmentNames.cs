using System.Globalization;
using System.Text.RegularExpressions;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Live;

/// <summary>The names of files of a fixed length: a pattern with the place of a number, "cam-%05d.mp4"; ".cam-%05d.partial.mp4" until they are whole.</summary>
internal static partial class SegmentNames
{
    private const string Usage = "write a place for the number, as in -o 'cam-%05d.mp4'";
    private const string Partial = ".partial";

    /// <summary>Makes sure that a pattern has one number, in its file name.</summary>
    /// <exception cref="UserErrorException">It has not (usage).</exception>
    public static void Check(string pattern)
    {
        MatchCollection places = Place().Matches(pattern);
        if (places.Count != 1 || pattern.Count(letter => letter == '%') != 1 || !Place().IsMatch(Path.GetFileName(pattern)))
            throw new UserErrorException(ExitCode.Usage, $"--segment-time with -o '{pattern}': {Usage}.");
    }

    /// <summary>The pattern of the files that are being written. The extension stays last, because ffmpeg picks the container by it.</summary>
    public static string Temporary(string pattern) =>
        Path.Combine(Path.GetDirectoryName(pattern)!, $".{Path.GetFileNameWithoutExtension(pattern)}{Partial}{Path.GetExtension(pattern)}");

    /// <summary>The name of a file when it is whole; null where <paramref name="name"/> is no temporary one of the pattern.</summary>
    public static string? FinalOf(string name, string pattern)
    {
        string extension = Path.GetExtension(pattern);
        if (NumberOf(name, Temporary(pattern)) is null)
            return null;
        return name[1..^(Partial.Length + extension.Length)] + extension;
    }

    /// <summary>The first number that no file of the pattern has, whole or not: one more than the highest.</summary>
    public static int Next(string pattern)
    {
        string temporary = Temporary(pattern);
        return Directory.EnumerateFiles(Path.GetDirectoryName(pattern)!)
            .Select(file => Path.GetFileName(file))
            .Select(name => (NumberOf(name, pattern) ?? NumberOf(name, temporary)) + 1 ?? 0)
            .DefaultIfEmpty(0)
            .Max();
    }

    private static int? NumberOf(string name, string pattern)
    {
        string wanted = Path.GetFileName(pattern);
        Match place = Place().Match(wanted);
        string head = wanted[..place.Index], tail = wanted[(place.Index + place.Length)..];
        return name.Length > head.Length + tail.Length
            && name.StartsWith(head, StringComparison.Ordinal)
            && name.EndsWith(tail, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(head.Length, name.Length - head.Length - tail.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;
    }

    [GeneratedRegex("%0?[0-9]*d")]
    private static partial Regex Place();
}
