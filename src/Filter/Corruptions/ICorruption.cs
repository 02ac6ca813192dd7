namespace Realtime.Filter.Corruptions;

/// <summary>A change of a picture that keeps what it shows; deterministic and thread-safe.</summary>
public interface ICorruption
{
    /// <summary>Name and strength, as on the command line ("brightness-3").</summary>
    string Name { get; }

    /// <summary>Changes one picture.</summary>
    /// <param name="picture">[3, H, W] RGB in [0, 1].</param>
    /// <param name="companion">[3, h, w] another picture of the same set, of any size; only colour transfer looks at it.</param>
    /// <param name="result">[3, H, W] in [0, 1]; may not overlap the others.</param>
    void Apply(ReadOnlySpan<float> picture, ReadOnlySpan<float> companion, Span<float> result);
}
