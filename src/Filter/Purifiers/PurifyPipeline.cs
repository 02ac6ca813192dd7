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
    /// <summary>Puts the stages together.</summary>
    /// <param name="format">Size of the frames.</param>
    /// <param name="purifier">Purifies their tiles.</param>
    /// <param name="overlap">See <see cref="TileGrid"/>.</param>
    public PurifyPipeline(FrameFormat format, ITilePurifier purifier, int overlap)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(purifier);
        Grid = new TileGrid(format.Width, format.Height, purifier.TileSize, overlap);
        Stages = purifier is IFramePurifier whole ? whole.CreateStages(Grid) : CreateStages(purifier);
    }

    /// <summary>Where the tiles lie.</summary>
    public TileGrid Grid { get; }

    /// <summary>For <see cref="FrameGraph"/>; one of them is called "purify".</summary>
    public IReadOnlyList<IFrameStage> Stages { get; }

    /// <summary>Why the first frame that could not be purified could not; null while all went well.</summary>
    public string? FirstFailure => Stages.OfType<IReportsFailures>().Select(stage => stage.FirstFailure).FirstOrDefault(failure => failure is not null);

    /// <summary>Disposes the stages.</summary>
    public void Dispose()
    {
        foreach (IFrameStage stage in Stages)
            stage.Dispose();
    }

    private IFrameStage[] CreateStages(ITilePurifier purifier)
    {
        TileBufferPool gathered = new(Grid, 2);
        TileBufferPool purified = new(Grid, 2);
        return [new GatherStage(Grid, gathered), new PurifyStage(purifier, Grid, gathered, purified), new BlendStage(Grid, purified)];
    }
}
