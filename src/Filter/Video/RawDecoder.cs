using System.Diagnostics;
using FFMpegCore;
using FFMpegCore.Arguments;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Video.Nut;

namespace Realtime.Filter.Video;

/// <summary>An ffmpeg child that decodes one stream to rgb24 with its own time stamps. Used from one thread.</summary>
internal sealed class RawDecoder : IDisposable
{
    private readonly string name;
    private readonly FrameFormat format;
    private readonly long ptsShift;
    private readonly FFmpegProcess process;
    private NutReader? reader;

    /// <summary>Starts the decoder; <see cref="Begin"/> reads its first bytes.</summary>
    /// <param name="name">The input, for messages.</param>
    /// <param name="format">What is to come.</param>
    /// <param name="input">The input for ffmpeg: a full path or pipe:0.</param>
    /// <param name="inputOptions">ffmpeg options in front of the input.</param>
    /// <param name="index">The stream's index.</param>
    /// <param name="filter">The filter that makes rgb24.</param>
    /// <param name="startPts">The first time stamp. NUT has no negative ones: the few clips that begin below zero travel shifted.</param>
    /// <param name="ownSession">See <see cref="FFmpegProcess"/>.</param>
    /// <param name="more">Further outputs of the child.</param>
    public RawDecoder(string name, FrameFormat format, string input, string inputOptions, int index, string filter, long startPts, bool ownSession = false, string more = "")
    {
        this.name = name;
        this.format = format;
        ptsShift = Math.Max(0, -startPts);
        string shift = ptsShift == 0 ? "" : $"setpts=PTS+{ptsShift},";
        bool isPipe = input == "pipe:0";
        string arguments = FFMpegArguments
            .FromFileInput(FFmpegTool.Escape(input), false, options => options.WithCustomArgument(inputOptions + " -noautorotate -copyts"))
            .WithGlobalOptions(global => global.WithVerbosityLevel(VerbosityLevel.Error))
            .OutputToFile("pipe:1", true, output => output
                .WithCustomArgument($"{(isPipe ? "" : "-nostdin ")}-map 0:{index} -vf \"{shift}{filter}\" {FFmpegTool.Passthrough}")
                .WithCustomArgument($"-enc_time_base {format.TimeBase.Numerator}/{format.TimeBase.Denominator} -avoid_negative_ts disabled -flush_packets 1")
                .WithVideoCodec("rawvideo")
                .ForceFormat("nut"))
            .Arguments;
        process = new FFmpegProcess(FFmpegTool.FFmpeg, $"{arguments} {more}", isPipe ? ChildPipes.Input | ChildPipes.Output : ChildPipes.Output, ownSession: ownSession);
    }

    /// <summary>Whether no frame at all is no fault: beyond the end of a file there is none.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>Frames delivered so far.</summary>
    public long Frames { get; private set; }

    /// <summary>The child's exit code; valid when <see cref="TryRead"/> or <see cref="TryBegin"/> has returned false.</summary>
    public int ExitCode { get; private set; }

    /// <summary>The last lines of the child's standard error.</summary>
    public IReadOnlyList<string> Errors => process.Errors;

    /// <summary>The child's standard input, where the input is pipe:0.</summary>
    public Stream Input => process.Input;

    /// <summary>Reads the stream header.</summary>
    /// <exception cref="UserErrorException">No frame can be decoded.</exception>
    public void Begin()
    {
        if (!TryBegin())
            throw NothingDecoded();
    }

    /// <summary>Reads the stream header.</summary>
    /// <returns>False when the child has ended without one.</returns>
    public bool TryBegin()
    {
        try
        {
            reader = new NutReader(process.Output);
        }
        catch (EndOfStreamException)
        {
            ExitCode = process.Wait();
            return false;
        }

        if (reader.Width != format.Width || reader.Height != format.Height)
        {
            throw new UserErrorException(
                Realtime.Filter.Errors.ExitCode.Failed,
                $"'{name}' decodes to {reader.Width}x{reader.Height} where its header says {format.Width}x{format.Height}.");
        }

        return true;
    }

    /// <summary>Reads the next frame into <see cref="FrameSlot.Raw"/>.</summary>
    /// <returns>False when the child has ended, well or badly.</returns>
    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        process.KillOn(cancellation);
        long pts = 0;
        bool isFrame;
        try
        {
            isFrame = reader!.TryRead(slot.Raw, out pts);
        }
        catch (EndOfStreamException)
        {
            isFrame = false;   // the child died within a frame; its exit code says so
        }

        if (!isFrame)
        {
            ExitCode = process.Wait();
            cancellation.ThrowIfCancellationRequested();
            if (process.WasInterrupted)
                throw new OperationCanceledException();
            return Frames > 0 || (MayBeEmpty && ExitCode == 0) ? false : throw NothingDecoded();
        }

        slot.Pts = ToStreamTime(pts) - ptsShift;
        slot.Duration = 0;
        slot.TrueLabel = -1;
        slot.DecodedAt = Stopwatch.GetTimestamp();
        Frames++;
        return true;
    }

    /// <summary>Ends the child at once, from any thread: a read that waits then ends too.</summary>
    public void Kill() => process.Kill();

    /// <inheritdoc/>
    public void Dispose() => process.Dispose();

    /// <summary>What to tell where the child has ended without a frame.</summary>
    public UserErrorException NothingDecoded() => new(
        Realtime.Filter.Errors.ExitCode.Failed, $"'{name}': no frame can be decoded: {FFmpegResult.CauseOf(process.Errors)}.");

    // ffmpeg's NUT writer multiplies the time base by a whole number; this divides it out again, exactly.
    private long ToStreamTime(long pts)
    {
        TimeBase from = reader!.TimeBase, to = format.TimeBase;
        Int128 scaled = (Int128)pts * from.Numerator * to.Denominator;
        Int128 unit = (Int128)from.Denominator * to.Numerator;
        return (long)((scaled + (unit / 2)) / unit);
    }
}
