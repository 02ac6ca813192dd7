using Realtime.Filter.Errors;
using Realtime.Filter.Frames;

namespace Realtime.Filter.Video;

/// <summary>A y4m stream, usually standard input. y4m has no time stamps: frame n is shown at n / rate.</summary>
/// <remarks>
/// ffmpeg converts the pictures; a pump thread feeds it, so that the reading thread never waits for the writing side. The header
/// is read here first, because the conversion depends on it.
/// </remarks>
public sealed class Y4mSource : IFrameSource
{
    private readonly Stream input;
    private readonly Y4mHeader header;
    private readonly RawDecoder decoder;
    private readonly Thread pump;
    private long pumped;
    private bool ended;

    /// <summary>Reads the header and starts the converter.</summary>
    /// <param name="input">The stream; it is not disposed.</param>
    /// <exception cref="UserErrorException">The stream is not y4m.</exception>
    public Y4mSource(Stream input)
    {
        ArgumentNullException.ThrowIfNull(input);
        this.input = input;
        header = Y4mHeader.Read(input);
        ColorTags colors = ColorTags.None with { Range = header.Range };
        string filter = colors.ToRgbFilter(header.PixelFormat, Format.Height);
        decoder = new RawDecoder(Name, Format, "pipe:0", $"{LocalFile.Pipe} -f yuv4mpegpipe", 0, filter, startPts: 0);
        pump = new Thread(Pump) { Name = "y4m input", IsBackground = true };
        pump.Start();
        try
        {
            decoder.Begin();
        }
        catch
        {
            decoder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Name => "-";

    /// <inheritdoc/>
    public FrameFormat Format => header.Format;

    /// <inheritdoc/>
    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        if (ended)
            return false;
        if (decoder.TryRead(slot, cancellation))
        {
            slot.Duration = 1;
            return true;
        }

        ended = true;
        pump.Join();
        // A frame is "FRAME\n" and its planes.
        if (decoder.ExitCode != 0 || pumped % ("FRAME\n".Length + header.FrameBytes) != 0)
            throw new UserErrorException(ExitCode.Failed, $"'-' breaks off within a frame, after {decoder.Frames} whole ones. All readable frames were kept.");
        return false;
    }

    /// <inheritdoc/>
    /// <remarks>The pump ends with the converter or with its input; it holds nothing that has to be released.</remarks>
    public void Dispose() => decoder.Dispose();

    private void Pump()
    {
        byte[] buffer = new byte[1 << 16];
        try
        {
            Stream target = decoder.Input;
            target.Write(header.Line);
            for (int read = input.Read(buffer); read > 0; read = input.Read(buffer))
            {
                target.Write(buffer, 0, read);
                pumped += read;
            }

            target.Close();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The converter has gone: it was stopped, or it failed, which the reading side sees by its exit code.
        }
    }
}
