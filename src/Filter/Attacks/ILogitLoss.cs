namespace Realtime.Filter.Attacks;

/// <summary>
/// A loss of the logits, one value a picture, that an attack climbs. It knows its batch's labels. Victims need only pull its slope back to
/// the picture, so that every loss works with every victim whose gradient it can take.
/// </summary>
public interface ILogitLoss
{
    /// <summary>The fewest classes for which the loss is defined.</summary>
    int LeastClasses => 2;

    /// <summary>The class that the loss of a picture is about; its slope is not zero there as a rule.</summary>
    /// <param name="picture">Place in the batch.</param>
    long LabelOf(int picture);

    /// <summary>The loss of one picture and its slope.</summary>
    /// <param name="picture">Place in the batch.</param>
    /// <param name="logits">[K].</param>
    /// <param name="slope">[K] receives d(loss)/d(logits).</param>
    float Evaluate(int picture, ReadOnlySpan<float> logits, Span<float> slope);
}
