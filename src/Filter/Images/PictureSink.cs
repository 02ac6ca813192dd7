using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Images;

/// <summary>One PNG or JPEG file.</summary>
public sealed class PictureSink : IFrameSink
{
    private readonly PartialFile file;
    private bool written;

    /// <summary>Checks that the name can be written.</summary>
    /// <exception cref="UserErrorException">It cannot, or its extension is neither PNG's nor JPEG's (usage).</exception>
    public PictureSink(string path)
    {
        Name = path;
        if (!PictureFiles.IsWritable(path))
            throw new UserErrorException(ExitCode.Usage, $"'{path}': pictures are written as .png or .jpg.");
        file = new PartialFile(path);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public void Write(FrameSlot slot, ReadOnlySpan<byte> pixels, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        cancellation.ThrowIfCancellationRequested();
        if (written)
            throw new UserErrorException(ExitCode.Usage, $"'{Name}' is one picture, but the input has more than one frame. Name a folder (with / at its end) or a video.");
        PictureWriter.Write(file.TemporaryPath, Name, slot.Format.Width, slot.Format.Height, pixels);
        written = true;
    }

    /// <inheritdoc/>
    public void Complete(CancellationToken cancellation)
    {
        if (!written)
            throw new UserErrorException(ExitCode.Failed, $"'{Name}' was not written: the input has no frame.");
        file.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
