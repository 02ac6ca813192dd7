namespace Realtime.Filter.Attacks;

/// <summary>The losses of the logits that attacks climb.</summary>
public enum LossKind
{
    /// <summary>-log softmax(z)_y.</summary>
    CrossEntropy,

    /// <summary>max z_i (i != y) - z_y, the loss of Carlini and Wagner 2017 without its clamp: above 0 exactly where the picture is misclassified.</summary>
    Margin,

    /// <summary>Difference of logits ratio (Croce and Hein 2020), <see cref="DlrLoss"/>.</summary>
    Dlr,
}
