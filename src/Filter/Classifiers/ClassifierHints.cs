namespace Realtime.Filter.Classifiers;

/// <summary>What the user says about a classifier. What is null is asked of the model, or assumed (<see cref="ForeignClassifier"/>).</summary>
public sealed record ClassifierHints
{
    /// <summary>How its pictures lie in memory.</summary>
    public PictureLayout? Layout { get; init; }

    /// <summary>Which colour comes first.</summary>
    public ChannelOrder? Channels { get; init; }

    /// <summary>[3] what is taken off red, green and blue, whose range is [0, 1].</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>[3] what they are divided by then, above 0.</summary>
    public IReadOnlyList<float>? Deviation { get; init; }

    /// <summary>Width and height in pixels where the model leaves them open, at least 1.</summary>
    public (int Width, int Height)? Size { get; init; }

    /// <summary>What its numbers are.</summary>
    public ClassifierOutput? Output { get; init; }

    /// <summary>A file with the class names in the order of the logits, one a line.</summary>
    public string? LabelFile { get; init; }

    /// <summary>Whether nothing is said about how pictures are fed and answers are read.</summary>
    public bool LeavesFormatOpen => Layout is null && Channels is null && Mean is null && Deviation is null && Size is null && Output is null;
}
