using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Purifiers;

/// <summary>
/// The stages that purify frames of one size. For a purifier of tiles: gather, purify and blend, with the buffers between them; two buffers
/// on each side let the next frame be cut and the last one be blended while one is purified. A purifier of frames brings its own stages.
/// The purifier is borrowed.
/// </summary>
public sealed class PurifyPipeline : IDisposable
{
    private readonly TileReuse? reuse;

    /// <summary>Puts the stages together.</summary>
    /// <param name="format">Size of the frames.</param>
    /// <param name="purifier">Purifies their tiles.</param>
    /// <param name="overlap">See <see cref="TileGrid"/>.</param>
    /// <param name="tolerance">
    /// Levels of 255 that the pixels of a tile may differ by from those purified last, for its output to be used again; null purifies every tile of
    /// every frame. A purifier with <see cref="ITilePurifier.Randomness"/> always does, and so does a purifier of frames.
    /// </param>
    public PurifyPipeline(FrameFormat format, ITilePurifier purifier, int overlap, int? tolerance = 0)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(purifier);
        Grid = new TileGrid(format.Width, format.Height, purifier.TileSize, overlap);
        if (purifier is IFramePurifier whole)
        {
            Stages = whole.CreateStages(Grid);
            return;
        }

        reuse = new TileReuse(Grid, purifier.Randomness is null ? tolerance : null);
        TileBufferPool gathered = new(Grid, 2), purified = new(Grid, 2);
        Stages = [new GatherStage(Grid, gathered, reuse), new PurifyStage(purifier, Grid, reuse, gathered, purified), new BlendStage(Grid, purified)];
    }

    /// <summary>Where the tiles lie.</summary>
    public TileGrid Grid { get; }

    /// <summary>For <see cref="FrameGraph"/>; one of them is called "purify".</summary>
    public IReadOnlyList<IFrameStage> Stages { get; }

    /// <summary>Why the first frame that could not be purified could not; null while all went well.</summary>
    public string? FirstFailure => Stages.OfType<IReportsFailures>().Select(stage => stage.FirstFailure).FirstOrDefault(failure => failure is not null);

    /// <summary>Tiles purified and reused so far; null where the purifier takes whole frames and reuses none.</summary>
    public TileCounts? Tiles => reuse?.Counts;

    /// <summary>Disposes the stages.</summary>
    public void Dispose()
    {
        foreach (IFrameStage stage in Stages)
            stage.Dispose();
    }
}
