namespace Realtime.Filter.Guard;

/// <summary>What of a frame is purified.</summary>
public enum Protection
{
    /// <summary>Filter mode: the picture itself, which goes out purified.</summary>
    Picture,

    /// <summary>Guard mode: what the classifier will see of it, at the classifier's size; the picture goes out as it came.</summary>
    Classifier,
}
