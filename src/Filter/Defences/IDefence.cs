namespace Realtime.Filter.Defences;

/// <summary>
/// What stands between a picture and the classifier: a purifier or a classical baseline (JPEG, median, ...). Used from one thread; it owns its buffers.
/// </summary>
public interface IDefence : IDisposable
{
    /// <summary>Name and setting, for tables ("jpeg-75", "maep-patch4").</summary>
    string Name { get; }

    /// <summary>Whether two calls on one picture may differ; an attacker then averages over draws (EOT), and the evaluation judges several.</summary>
    bool IsStochastic { get; }

    /// <summary>What <see cref="Backward"/> is, in words, for tables: "exact", or the stand-in ("identity (BPDA)").</summary>
    string GradientKind { get; }

    /// <summary>The defences that it is made of, in their order; itself where it is not made of others.</summary>
    IEnumerable<IDefence> Parts => [this];

    /// <summary>Defends a batch of pictures of one size.</summary>
    /// <param name="pictures">[count, 3, H, W] RGB in [0, 1].</param>
    /// <param name="width">W, pixels.</param>
    /// <param name="height">H, pixels.</param>
    /// <param name="random">Source of chance; not touched by a defence that is not stochastic.</param>
    /// <param name="defended">[count, 3, H, W] the result, in [0, 1], not yet rounded to 8 bits.</param>
    void Defend(ReadOnlySpan<float> pictures, int width, int height, Random random, Span<float> defended);

    /// <summary>Carries a gradient back through the last <see cref="Defend"/>, with the draws it made (vector-Jacobian product).</summary>
    /// <param name="gradient">[count, 3, H, W] d(loss)/d(defended).</param>
    /// <param name="result">[count, 3, H, W] d(loss)/d(picture).</param>
    /// <exception cref="InvalidOperationException">Nothing of this size was defended before.</exception>
    void Backward(ReadOnlySpan<float> gradient, Span<float> result);
}
