using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Images;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Batch;

/// <summary>Purifies one picture.</summary>
internal sealed class PictureFile(BatchItem item, BatchSettings settings, ITilePurifier purifier)
{
    /// <summary>Purifies it.</summary>
    /// <param name="work">The work folder.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="Errors.UserErrorException">The input cannot be read, or the output cannot be written.</exception>
    public ProcessedFile Process(string work, CancellationToken cancellation)
    {
        Directory.CreateDirectory(work);
        string path = Path.Combine(work, "picture" + Path.GetExtension(item.OutputName));
        using PictureSource source = new(item.Path);
        using PurifyPipeline pipeline = new(source.Format, purifier, settings.Overlap);
        using PictureSink sink = new(path);
        FrameGraphResult result = new FrameGraph(source, pipeline.Stages, sink, FramePicture.Purified).Run(cancellation);
        string? failure = result.Unpurified > 0 ? $"it could not be purified and was passed through as it came; {pipeline.FirstFailure}" : null;
        return new ProcessedFile(path, result.Frames, 0, result.Unpurified, failure ?? result.SourceFailure?.Message);
    }
}
