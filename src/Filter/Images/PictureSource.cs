using System.Diagnostics;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Realtime.Filter.Images;

/// <summary>One still picture, or a folder of pictures of one size as a clip of 25 frames a second.</summary>
public sealed class PictureSource : ISeekableSource
{
    private const int FramesPerSecond = 25;

    private Image<Rgb24>? first;
    private int next;

    /// <summary>Opens a picture or a folder, and decodes the first picture for its size.</summary>
    /// <exception cref="UserErrorException">It is missing, empty, or no picture.</exception>
    public PictureSource(string path)
    {
        Name = path;
        IsFolder = Directory.Exists(path);
        Files = IsFolder ? PictureFiles.In(path) : [path];
        if (Files.Count == 0)
            throw new UserErrorException(ExitCode.Failed, $"'{path}' is a folder with no pictures (.png, .jpg, .bmp, .webp, .tif).");
        first = Load(Files[0]);
        Format = new FrameFormat(first.Width, first.Height, new TimeBase(1, FramesPerSecond), FramesPerSecond, Files.Count);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public FrameFormat Format { get; }

    /// <summary>Whether a folder was opened.</summary>
    public bool IsFolder { get; }

    /// <summary>The pictures in the order in which they are read.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <inheritdoc/>
    public long FirstPts => 0;

    /// <inheritdoc/>
    public double? Duration => (double)Files.Count / FramesPerSecond;

    /// <inheritdoc/>
    public void Seek(double seconds) => next = (int)Math.Clamp(Math.Round(seconds * FramesPerSecond), 0, Files.Count);

    /// <inheritdoc/>
    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        cancellation.ThrowIfCancellationRequested();
        if (next >= Files.Count)
            return false;
        using Image<Rgb24> picture = next == 0 && first is not null ? first : Load(Files[next]);
        if (next == 0)
            first = null;
        if (picture.Width != Format.Width || picture.Height != Format.Height)
        {
            throw new UserErrorException(
                ExitCode.Failed,
                $"'{Files[next]}' is {picture.Width}x{picture.Height}, but the first picture of the folder is {Format.Width}x{Format.Height}. Pictures of one folder must have one size; give others one by one.");
        }

        picture.CopyPixelDataTo(slot.Raw);
        slot.Pts = next++;
        slot.Duration = 1;
        slot.TrueLabel = -1;
        slot.DecodedAt = Stopwatch.GetTimestamp();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => first?.Dispose();

    private static Image<Rgb24> Load(string path)
    {
        if (!File.Exists(path))
            throw new UserErrorException(ExitCode.Failed, $"'{path}' does not exist. Check the path after -i.");
        if (new FileInfo(path).Length == 0)
            throw new UserErrorException(ExitCode.Failed, $"'{path}' is empty (0 bytes).");
        try
        {
            return Image.Load<Rgb24>(path);
        }
        catch (ImageFormatException error)
        {
            throw new UserErrorException(ExitCode.Failed, $"'{path}' is not a picture that can be read: {OneLine(error.Message)}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.Failed, $"'{path}' cannot be opened: {OneLine(error.Message)}", error);
        }
    }

    private static string OneLine(string text) => text.Split('\n')[0].Trim();
}
