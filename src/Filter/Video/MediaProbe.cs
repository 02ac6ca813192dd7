using System.Globalization;
using System.Text.Json;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;

namespace Realtime.Filter.Video;

/// <summary>Asks ffprobe about a file.</summary>
/// <remarks>Not FFMpegCore's FFProbe.Analyse: it has no time base, no first time stamp and no frame count, and those must be exact.</remarks>
public static class MediaProbe
{
    /// <summary>The options of ffprobe that ask for all that <see cref="MediaInfo"/> holds.</summary>
    internal const string Questions = "-v error -show_streams -show_format -of json";

    /// <summary>Reads what is known of a video file without decoding it.</summary>
    /// <exception cref="UserErrorException">The file is missing, empty, cut off, no media file, or has no video stream.</exception>
    public static MediaInfo Read(string path, CancellationToken cancellation = default)
    {
        CheckFile(path);
        string json = FFmpegProcess.Run(
            FFmpegTool.FFprobe,
            $"{Questions} {LocalFile.Options} -i {FFmpegTool.Quote(Path.GetFullPath(path))}",
            out FFmpegResult result,
            cancellation);
        if (result.ExitCode != 0)
            throw Unreadable(path, result);
        return Parse(path, json);
    }

    /// <summary>Reads what ffprobe answered to <see cref="Questions"/>.</summary>
    /// <param name="path">The input, for messages.</param>
    /// <param name="json">The answer.</param>
    /// <exception cref="UserErrorException">There is no video stream that can be decoded.</exception>
    internal static MediaInfo Parse(string path, string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement format = document.RootElement.GetProperty("format");
        // ffmpeg "plays" any text file with a text extension as ANSI art.
        if (Text(format, "format_name") == "tty")
            throw new UserErrorException(ExitCode.Failed, $"'{path}' is a text file, not a video.");
        JsonElement[] streams = [.. document.RootElement.GetProperty("streams").EnumerateArray()];
        MediaStreamInfo[] all = [.. streams.Select(Stream)];
        int at = Array.FindIndex(all, stream => stream is { Kind: "video", IsPicture: false });
        if (at < 0 || Number(streams[at], "width") is not > 0 || Text(streams[at], "pix_fmt") is null)
        {
            string found = all.Length == 0 ? "no stream at all" : string.Join(", ", all.Select(stream => $"{stream.Kind} ({stream.Codec})"));
            throw new UserErrorException(ExitCode.Failed, $"'{path}' has no video stream that can be decoded; it has {found}.");
        }

        return Video(path, format, streams[at], all);
    }

    private static MediaInfo Video(string path, JsonElement format, JsonElement video, MediaStreamInfo[] all)
    {
        (int numerator, int denominator) = FrameRates.Parse(Text(video, "time_base")) ?? (1, 1000);
        (int, int) rate = FrameRates.Parse(Text(video, "avg_frame_rate")) ?? FrameRates.Parse(Text(video, "r_frame_rate")) ?? (25, 1);
        (int degrees, int[]? matrix) = Rotation(video);
        string? aspect = Text(video, "sample_aspect_ratio");
        return new MediaInfo(
            path,
            Text(format, "format_name") ?? "",
            (int)Number(video, "index")!,
            Text(video, "codec_name") ?? "unknown",
            (int)Number(video, "width")!,
            (int)Number(video, "height")!,
            Text(video, "pix_fmt")!,
            new ColorTags(Tag(video, "color_space"), Tag(video, "color_range"), Tag(video, "color_primaries"), Tag(video, "color_transfer")),
            FrameRates.Parse(aspect) is null ? null : aspect,
            degrees,
            matrix,
            new TimeBase(numerator, denominator),
            Number(video, "start_pts") ?? 0,
            Number(video, "duration_ts"),
            rate,
            Number(video, "nb_frames"),
            Seconds(format, "start_time") ?? 0,
            Seconds(format, "duration"),
            all);
    }

    private static void CheckFile(string path)
    {
        if (Directory.Exists(path))
            throw new UserErrorException(ExitCode.Failed, $"'{path}' is a folder, not a video file.");
        FileInfo file = new(path);
        if (!file.Exists)
            throw new UserErrorException(ExitCode.Failed, $"'{path}' does not exist. Check the path after -i.");
        try
        {
            using FileStream stream = file.OpenRead();
            if (stream.CanSeek && stream.Length == 0)
                throw new UserErrorException(ExitCode.Failed, $"'{path}' is empty (0 bytes).");
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new UserErrorException(ExitCode.Failed, $"'{path}' cannot be opened: {error.Message}", error);
        }
    }

    private static UserErrorException Unreadable(string path, FFmpegResult result)
    {
        if (result.Errors.Any(LocalFile.IsRefused))
        {
            return new UserErrorException(
                ExitCode.Failed, $"'{path}' is a list of other files or addresses (a playlist, a concat script), which could name any file of this machine. Give the video itself, or make one of it first: ffmpeg -i IN -c copy OUT.mkv");
        }

        // An MP4 that says it is one but has no index was cut off; without that mark it never was a video.
        bool isCutOff = result.Errors.Any(line => line.Contains("moov atom not found", StringComparison.Ordinal)) && BeginsAsMp4(path);
        return new UserErrorException(
            ExitCode.Failed,
            isCutOff
                ? $"'{path}' breaks off before its index (moov atom): no frame can be read. The copy or recording was cut short; get the whole file."
                : $"'{path}' is not a video that ffmpeg can read: {result.Cause}.");
    }

    private static bool BeginsAsMp4(string path)
    {
        Span<byte> head = stackalloc byte[8];
        using FileStream stream = File.OpenRead(path);
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[4..].SequenceEqual("ftyp"u8);
    }

    private static MediaStreamInfo Stream(JsonElement stream) => new(
        (int)Number(stream, "index")!,
        Text(stream, "codec_type") ?? "unknown",
        Text(stream, "codec_name") ?? "unknown",
        stream.TryGetProperty("disposition", out JsonElement disposition) && Number(disposition, "attached_pic") == 1);

    private static (int Degrees, int[]? Matrix) Rotation(JsonElement stream)
    {
        if (!stream.TryGetProperty("side_data_list", out JsonElement list))
            return (0, null);
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (item.TryGetProperty("rotation", out JsonElement rotation) && Text(item, "displaymatrix") is { } dump)
                return ((int)Math.Round(rotation.GetDouble()), Matrix(dump));
        }

        return (0, null);
    }

    // Three lines of "00000000:            0       65536           0".
    private static int[] Matrix(string dump) =>
    [
        .. dump.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(number => int.Parse(number, CultureInfo.InvariantCulture)),
    ];

    private static double? Seconds(JsonElement element, string name) =>
        double.TryParse(Text(element, name), CultureInfo.InvariantCulture, out double seconds) ? seconds : null;

    private static string Tag(JsonElement stream, string name) => Text(stream, name) ?? "unknown";

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out JsonElement value))
            return null;
        if (value.ValueKind == JsonValueKind.Number)
            return value.GetInt64();
        return long.TryParse(value.GetString(), CultureInfo.InvariantCulture, out long number) ? number : null;
    }
}
