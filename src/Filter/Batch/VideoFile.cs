using System.Globalization;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Video;

namespace Realtime.Filter.Batch;

/// <summary>
/// Purifies one video in segments of a fixed number of frames, each a file of its own, so that a run that was killed goes on behind the last
/// whole one. Every segment begins with a fresh pipeline and a fresh encoder: its bytes depend on its frames and the settings only, not on
/// which run made it.
/// </summary>
internal sealed class VideoFile(BatchItem item, BatchSettings settings, ITilePurifier purifier, JobProgress progress)
{
    /// <summary>Purifies what is not purified yet, joins the segments and compares the result with the original.</summary>
    /// <param name="work">The work folder.</param>
    /// <param name="header">What this run works on.</param>
    /// <param name="worker">Marks files that are being written.</param>
    /// <param name="cancellation">Stops the run; finished segments stay.</param>
    /// <exception cref="UserErrorException">The input cannot be read, or the output cannot be written or fails its check.</exception>
    public ProcessedFile Process(string work, SegmentHeader header, WorkerIdentity worker, CancellationToken cancellation)
    {
        using FFmpegSource source = new(item.Path, settings.Source);
        string list = Path.Combine(work, "segments.ffconcat");
        string joined = Path.Combine(work, $"joined.{worker.Token}{Path.GetExtension(item.OutputName)}");
        (int, int) rate = StreamTimes.LastRate(source.Media);
        SegmentJoin.Arguments(list, source.Media, item.OutputName, joined, settings.Sink, rate, source.Media.StartPts);   // refuses now what it would refuse at the end

        using SegmentJournal journal = SegmentJournal.Open(work, header, cancellation);
        long resumed = journal.Frames;
        if (journal.End is null)
            PurifyRest(source, journal, work, rate, worker, cancellation);
        progress.Enter("joining");
        SegmentJoin.Run([.. journal.Segments.Select(segment => (segment.File, segment.FirstPts))], list, source.Media, item.OutputName, joined, settings.Sink, rate, cancellation);
        if (journal.End!.IsComplete)
            Check(source.Media, joined, cancellation);
        long unpurified = journal.Segments.Sum(segment => segment.Unpurified);
        return new ProcessedFile(joined, journal.Frames, resumed, unpurified, journal.End.Failure ?? Unpurified(journal, unpurified));
    }

    private void PurifyRest(FFmpegSource source, SegmentJournal journal, string work, (int, int) rate, WorkerIdentity worker, CancellationToken cancellation)
    {
        ContinuedSource frames = new(source);
        progress.Enter("resuming");
        frames.Skip(journal.Frames, cancellation);
        string extension = SegmentSink.Extension(EncoderDefaults.Codec(item.OutputName, settings.Sink));
        long length = SegmentJoin.CanJoin(source.Format.TimeBase) ? settings.SegmentFrames : long.MaxValue;
        while (!frames.HasEnded)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"segment-{journal.Segments.Count + 1:D6}");
            string temporary = Path.Combine(work, $"{name}.{worker.Token}{extension}");
            using SegmentSink sink = new(temporary, item.OutputName, frames, source.Media, rate, settings.Sink);
            (FrameGraphResult result, string? failure) = Purify(frames, sink, journal.Frames, length, cancellation);
            if (sink.Frames > 0)
                journal.Add(temporary, new Segment(name + extension, sink.Frames, sink.FirstPts, result.Unpurified, failure, Fingerprint.OfFile(temporary, cancellation)));
        }

        journal.Add(new SegmentEnd(source.IsComplete, frames.Failure?.Message));
    }

    // Not ITilePurifier.Prepare: it chooses the batch by the clock, and so perhaps the last bit of a pixel.
    private (FrameGraphResult Result, string? Failure) Purify(ContinuedSource frames, SegmentSink sink, long before, long length, CancellationToken cancellation)
    {
        using PurifyPipeline pipeline = new(frames.Format, purifier, settings.Overlap);
        FrameGraph graph = new(frames, pipeline.Stages, sink, FramePicture.Purified, new FrameGraphOptions(MaxFrames: length));
        progress.Enter(graph, before, frames.Format.FrameCount);
        FrameGraphResult result = graph.Run(cancellation);
        return (result, pipeline.FirstFailure is string failure ? string.Create(CultureInfo.InvariantCulture, $"counted from frame {before} on, {failure}") : null);
    }

    private void Check(MediaInfo original, string joined, CancellationToken cancellation)
    {
        progress.Enter("checking");
        IReadOnlyList<string> differences = OutputCheck.Compare(original, joined, settings.Sink.CopyStreams, isRgb: false, cancellation);
        if (differences.Count > 0)
            throw new RejectedOutputException(joined, $"the output is not what '{item.Name}' is: {string.Join("; ", differences)}");
    }

    private static string? Unpurified(SegmentJournal journal, long unpurified) => unpurified == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{unpurified} of {journal.Frames} frames could not be purified and were passed through as they came; {journal.Segments.First(segment => segment.Failure is not null).Failure}");
}
