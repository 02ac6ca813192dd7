namespace Realtime.Trainer.Data;

/// <summary>Square 8-bit RGB pictures with labels, in memory.</summary>
public interface IPictureSet
{
    /// <summary>The set's name, for display and metadata.</summary>
    string Name { get; }

    /// <summary>Number of pictures.</summary>
    int Count { get; }

    /// <summary>Edge length S in pixels.</summary>
    int Size { get; }

    /// <summary>Class names in label order.</summary>
    IReadOnlyList<string> Labels { get; }

    /// <summary>The class of picture <paramref name="index"/>.</summary>
    int Label(int index);

    /// <summary>The pixels of picture <paramref name="index"/>: [3, S, S], planes R G B, 0..255.</summary>
    ReadOnlySpan<byte> Picture(int index);
}
