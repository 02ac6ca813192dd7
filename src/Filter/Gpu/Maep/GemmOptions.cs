namespace Realtime.Filter.Gpu.Maep;

/// <summary>What gemm.comp specialises on, beside the layer's size. The numbers are the shader's.</summary>
internal sealed record GemmOptions
{
    /// <summary>Input rows as they are, <see cref="Neighbourhood"/> or <see cref="Patch"/>.</summary>
    public uint From { get; init; }

    /// <summary>How often each input number is read: once, or by nine neighbours.</summary>
    public uint InputReads => From == Neighbourhood ? 9u : 1u;

    /// <summary>Cells from input row to input row, or from pixel to pixel.</summary>
    public required uint InputStride { get; init; }

    /// <summary>Inputs as they are, <see cref="Picture"/> or <see cref="Normalised"/>.</summary>
    public uint Prepare { get; init; }

    /// <summary>Output rows as they are, or <see cref="Patch"/> (1 in the shader).</summary>
    public uint To { get; init; }

    /// <summary>Cells from output row to output row, or from pixel to pixel.</summary>
    public required uint OutputStride { get; init; }

    /// <summary>First output cell within a row or pixel.</summary>
    public uint OutputOffset { get; init; }

    /// <summary>None, <see cref="Relu"/> or <see cref="Gelu"/>.</summary>
    public uint Activation { get; init; }

    /// <summary>Nothing, <see cref="SamePlace"/> or <see cref="SameToken"/>.</summary>
    public uint Add { get; init; }

    /// <summary>Cells from row to row, or from pixel to pixel, of what is added.</summary>
    public uint AddStride { get; init; } = 1;

    /// <summary>Cells of a pixel, where input or output are pixels.</summary>
    public uint PixelCells { get; init; } = 1;

    internal const uint Neighbourhood = 1, Patch = 2;

    internal const uint Picture = 1, Normalised = 2;

    internal const uint ToPatch = 1;

    internal const uint Relu = 1, Gelu = 2;

    internal const uint SamePlace = 1, SameToken = 2;

    /// <summary>Which of input, added and output hold the whole frame: bits 1, 2, 4.</summary>
    internal const uint InputIsFrame = 1, AddedIsFrame = 2, OutputIsFrame = 4;

    /// <summary>See the constants above.</summary>
    public uint FrameBuffers { get; init; }
}
