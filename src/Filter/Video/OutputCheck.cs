namespace Realtime.Filter.Video;

/// <summary>Compares a written video with the one it was made from: all that a filter must not change.</summary>
public static class OutputCheck
{
    private const double AudioPacket = 0.05;
    private const double ContainerTick = 1e-3;   // MP4 and Matroska keep the whole file's duration in milliseconds

    /// <summary>Compares by ffprobe, without trusting anything that the writer remembers.</summary>
    /// <param name="input">The original.</param>
    /// <param name="outputPath">The written file.</param>
    /// <param name="copiesStreams">Whether audio and subtitles were to be copied.</param>
    /// <param name="isRgb">Whether the output was written as RGB on purpose, which has no matrix and is always full range.</param>
    /// <param name="cancellation">Stops ffprobe.</param>
    /// <returns>One line for each difference, with both values; empty where all is as it should be.</returns>
    public static IReadOnlyList<string> Compare(
        MediaInfo input, string outputPath, bool copiesStreams = true, bool isRgb = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        MediaInfo output = MediaProbe.Read(outputPath, cancellation);
        List<string> differences = [];
        CompareFrames(input, output, differences, cancellation);
        if (!isRgb)
        {
            Compare(differences, "colour matrix", input.Colors.Matrix == "gbr" ? output.Colors.Matrix : input.Colors.Matrix, output.Colors.Matrix);
            Compare(differences, "colour range", input.Colors.EffectiveRange(input.PixelFormat), output.Colors.EffectiveRange(output.PixelFormat));
        }

        Compare(differences, "rotation", input.Rotation, output.Rotation);
        Compare(differences, "pixel aspect", input.SampleAspect ?? "1:1", output.SampleAspect ?? "1:1");
        Compare(differences, "size", $"{input.Width}x{input.Height}", $"{output.Width}x{output.Height}");
        if (copiesStreams)
        {
            if (HasDuration(output))
                CompareDurations(differences, "duration", input.Seconds, output.Seconds, FileTolerance(input, output));
            CompareStreams(input, output, "audio", differences, cancellation);
            CompareStreams(input, output, "subtitle", differences, cancellation);
        }

        return differences;
    }

    private static void CompareFrames(MediaInfo input, MediaInfo output, List<string> differences, CancellationToken cancellation)
    {
        StreamTimes before = StreamTimes.OfPackets(input, input.VideoIndex, cancellation);
        StreamTimes after = StreamTimes.OfPackets(output, output.VideoIndex, cancellation);
        string? difference = before.HasPts && after.HasPts ? FrameDifference(input, before, output, after) : "";
        if (difference is not null)
        {
            // Packets that no decoder can use are no frames: only decoding tells for sure.
            before = StreamTimes.OfFrames(input, input.VideoIndex, cancellation);
            after = StreamTimes.OfFrames(output, output.VideoIndex, cancellation);
            difference = FrameDifference(input, before, output, after);
        }

        if (difference is not null)
            differences.Add(difference);
        else if (IsEven(before.Pts) && HasDuration(output))
            CompareDurations(differences, "video duration", Seconds(input), Seconds(output), Tick(input, output));
    }

    private static string? FrameDifference(MediaInfo input, StreamTimes before, MediaInfo output, StreamTimes after)
    {
        if (before.Pts.Count != after.Pts.Count)
            return $"frames: {before.Pts.Count} became {after.Pts.Count}";

        // A container with a coarser clock than the source's (Matroska: milliseconds) may round to its nearest tick, no more.
        double tick = output.TimeBase.Seconds(1);
        double allowed = tick * (input.TimeBase.Seconds(1) >= tick * 0.999 ? 1e-3 : 0.501);
        for (int i = 0; i < before.Pts.Count; i++)
        {
            double wanted = input.TimeBase.Seconds(before.Pts[i]), found = output.TimeBase.Seconds(after.Pts[i]);
            if (Math.Abs(wanted - found) > allowed)
                return FormattableString.Invariant($"time stamp of frame {i}: {wanted:F6} s became {found:F6} s");
        }

        return null;
    }

    // MP4 sums up decoding times for a track's duration, which with a variable rate and B-frames is no time that anybody sees.
    private static bool IsEven(IReadOnlyList<long> pts)
    {
        for (int i = 2; i < pts.Count; i++)
        {
            if (Math.Abs(pts[i] - pts[i - 1] - (pts[1] - pts[0])) > 1)
                return false;
        }

        return true;
    }

    // A copied last audio packet counts in full, though the original's may have been cut to the sound's end: that is up to a packet.
    private static double FileTolerance(MediaInfo input, MediaInfo output) =>
        Math.Max(input.OfKind("audio").Any() ? AudioPacket : ContainerTick, Tick(input, output));

    // NUT and MPEG streams store no duration: ffprobe guesses it from the last time stamps.
    private static bool HasDuration(MediaInfo media) => !media.Container.StartsWith("nut", StringComparison.Ordinal) && !media.Container.StartsWith("mpeg", StringComparison.Ordinal);

    private static double? Seconds(MediaInfo media) => media.DurationTicks is { } ticks ? media.TimeBase.Seconds(ticks) : null;

    private static double Tick(MediaInfo input, MediaInfo output) => Math.Max(input.TimeBase.Seconds(1), output.TimeBase.Seconds(1));

    private static void CompareDurations(List<string> differences, string what, double? before, double? after, double tick)
    {
        if (before is { } wanted && after is { } found && Math.Abs(wanted - found) > (tick * 1.001) + 1e-6)
            differences.Add(FormattableString.Invariant($"{what}: {wanted:F6} s became {found:F6} s"));
    }

    private static void CompareStreams(MediaInfo input, MediaInfo output, string kind, List<string> differences, CancellationToken cancellation)
    {
        MediaStreamInfo[] before = [.. input.OfKind(kind)], after = [.. output.OfKind(kind)];
        Compare(differences, $"{kind} streams", before.Length, after.Length);
        for (int i = 0; i < Math.Min(before.Length, after.Length); i++)
        {
            // A subtitle that had to change its codec for the container is cut into packets differently.
            if (before[i].Codec != after[i].Codec)
                continue;
            int wanted = StreamTimes.OfPackets(input, before[i].Index, cancellation).Total;
            int found = StreamTimes.OfPackets(output, after[i].Index, cancellation).Total;
            Compare(differences, $"packets of {kind} stream {i}", wanted, found);
        }
    }

    private static void Compare<T>(List<string> differences, string what, T before, T after)
    {
        if (!EqualityComparer<T>.Default.Equals(before, after))
            differences.Add($"{what}: {before} became {after}");
    }
}
