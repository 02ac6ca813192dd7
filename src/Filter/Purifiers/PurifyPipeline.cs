using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Purifiers;

/// <summary>
/// The three stages that purify frames of one size, gather, purify and blend, with the buffers between them. Two buffers on each side let
/// the next frame be cut and the last one be blended while one is purified. The purifier is borrowed.
/// </summary>
public sealed class PurifyPipeline : IDisposable
{
    private readonly PurifyStage purify;

    /// <summary>Puts the stages together.</summary>
    /// <param name="format">Size of the frames.</param>
    /// <param name="purifier">Purifies their tiles.</param>
    /// <param name="overlap">See <see cref="TileGrid"/>.</param>
    public PurifyPipeline(FrameFormat format, ITilePurifier purifier, int overlap)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(purifier);
        Grid = new TileGrid(format.Width, format.Height, purifier.TileSize, overlap);
        TileBufferPool gathered = new(Grid, 2);
        TileBufferPool purified = new(Grid, 2);
        purify = new PurifyStage(purifier, Grid, gathered, purified);
        Stages = [new GatherStage(Grid, gathered), purify, new BlendStage(Grid, purified)];
    }

    /// <summary>Where the tiles lie.</summary>
    public TileGrid Grid { get; }

    /// <summary>Gather, purify, blend: for <see cref="FrameGraph"/>.</summary>
    public IReadOnlyList<IFrameStage> Stages { get; }

    /// <summary>Why the first frame that could not be purified could not; null while all went well.</summary>
    public string? FirstFailure => purify.FirstFailure;

    /// <summary>Disposes the stages.</summary>
    public void Dispose()
    {
        foreach (IFrameStage stage in Stages)
            stage.Dispose();
    }
}
