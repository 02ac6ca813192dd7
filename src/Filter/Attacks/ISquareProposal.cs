namespace Realtime.Filter.Attacks;

/// <summary>The random search moves of the Square attack in one norm. All spans are [count, 3, H, W].</summary>
internal interface ISquareProposal
{
    /// <summary>The starting points.</summary>
    void Start(ReadOnlySpan<float> clean, Span<float> candidate, Random random);

    /// <summary>A change of the best points found so far, inside the ball.</summary>
    /// <param name="clean">The clean pictures.</param>
    /// <param name="best">The best points.</param>
    /// <param name="candidate">Receives the proposals.</param>
    /// <param name="share">Share of the pixels to change.</param>
    /// <param name="random">The source of chance.</param>
    void Propose(ReadOnlySpan<float> clean, ReadOnlySpan<float> best, Span<float> candidate, double share, Random random);
}
