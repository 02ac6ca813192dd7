using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Video.Nut;

namespace Realtime.Filter.Video;

/// <summary>One encoding ffmpeg, which takes its pictures, and perhaps sound, as NUT on its standard input. Used from one thread; disposing it ends it.</summary>
internal sealed class EncoderProcess : IDisposable
{
    private readonly string name;
    private readonly FFmpegProcess process;
    private readonly NutWriter writer;
    private readonly SoundFeed? sound;
    private long lastPts;

    /// <summary>Starts the encoder.</summary>
    /// <param name="name">The output, for messages.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="format">What the pictures are.</param>
    /// <param name="rate">Nominal frames a second; 1 / rate is the duration of the last frame.</param>
    /// <param name="hide">See <see cref="FFmpegProcess"/>.</param>
    /// <param name="ownSession">See <see cref="FFmpegProcess"/>.</param>
    /// <param name="sound">The sound of the pictures, stream 1 of the child's input; null without any.</param>
    /// <param name="isAnswer">See <see cref="FFmpegProcess"/>.</param>
    /// <exception cref="UserErrorException">It ended at once.</exception>
    public EncoderProcess(
        string name,
        string arguments,
        FrameFormat format,
        (int Numerator, int Denominator) rate,
        Func<string, string>? hide = null,
        bool ownSession = false,
        SoundFeed? sound = null,
        Func<string, bool>? isAnswer = null)
    {
        this.name = name;
        this.sound = sound;
        process = new FFmpegProcess(FFmpegTool.FFmpeg, arguments, ChildPipes.Input, hide, ownSession, isAnswer);
        try
        {
            writer = new NutWriter(process.Input, format, rate, sound is not null);
        }
        catch (IOException error)
        {
            UserErrorException failure = Failure(error);
            Dispose();
            throw failure;
        }
    }

    /// <summary>Encodes one picture.</summary>
    /// <param name="pts">Time stamp in units of the format's time base, at least 0.</param>
    /// <param name="pixels">[H, W, 3], 0..255.</param>
    /// <param name="cancellation">Ends the child.</param>
    /// <exception cref="UserErrorException">The encoder failed.</exception>
    public void Write(long pts, ReadOnlySpan<byte> pixels, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        process.KillOn(cancellation);
        try
        {
            sound?.WriteTo(writer, pts);
            writer.Write(pts, pixels);
            lastPts = pts;
        }
        catch (IOException error)
        {
            cancellation.ThrowIfCancellationRequested();
            throw Failure(error);
        }
    }

    /// <summary>Says that there are no more pictures and waits until the file is whole.</summary>
    /// <exception cref="UserErrorException">The encoder failed.</exception>
    public void Complete(CancellationToken cancellation)
    {
        process.KillOn(cancellation);
        try
        {
            sound?.WriteTo(writer, lastPts);
            process.Input.Close();
        }
        catch (IOException error)
        {
            cancellation.ThrowIfCancellationRequested();
            throw Failure(error);
        }

        int exitCode = process.Wait();
        cancellation.ThrowIfCancellationRequested();
        if (exitCode != 0 || process.Errors.Any(FFmpegResult.IsWriteError))
            throw Failure(null);
    }

    /// <summary>Ends the child at once, from any thread: a write that waits then fails.</summary>
    public void Kill() => process.Kill();

    /// <inheritdoc/>
    public void Dispose() => process.Dispose();

    private UserErrorException Failure(IOException? error)
    {
        process.Wait();
        if (process.WasInterrupted)
            throw new OperationCanceledException();
        return FFmpegResult.CannotEncode(name, process.Errors, error);
    }
}
