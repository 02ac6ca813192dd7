using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Realtime.Filter.Gpu;
using Realtime.Filter.Gpu.Maep;
using Realtime.Filter.Gpu.Passes;

namespace Realtime.Filter.Tests.Gpu.Maep;

/// <summary>Single layers on matrix units give what the plain kernel gives, whatever their inputs, epilogue and odd sizes.</summary>
public sealed class ProductTests : GpuTest
{
    private static readonly MaepArchitecture Shape = new(Size: 32, Patch: 4, Width: 96, Encoder: 1, Decoder: 1, Heads: 3, Stem: 32, Residual: true);

    [SkippableTheory]
    [InlineData(1, 1)]
    [InlineData(9, 3)]
    [InlineData(13, 33)]
    [InlineData(96, 24)]
    public void Rows(int k, int n) => Compare(k, n, 301, new GemmOptions { InputStride = (uint)k, OutputStride = (uint)n });

    [SkippableFact]
    public void Normalised_rows_with_GELU_into_a_part_of_longer_rows() =>
        Compare(24, 10, 70, new GemmOptions { InputStride = 25, Prepare = GemmOptions.Normalised, OutputStride = 13, OutputOffset = 2, Activation = GemmOptions.Gelu });

    [SkippableFact]
    public void Rows_added_to_what_was_there() =>
        Compare(12, 6, 150, new GemmOptions { InputStride = 12, OutputStride = 6, Add = GemmOptions.SamePlace, AddStride = 6 });

    [SkippableFact]
    public void The_neighbourhood_of_each_pixel_of_a_picture_with_ReLU() => Compare(9, 8, 2 * Shape.Pixels, new GemmOptions
    {
        From = GemmOptions.Neighbourhood,
        InputStride = 1,
        PixelCells = 1,
        Prepare = GemmOptions.Picture,
        OutputStride = 8,
        Activation = GemmOptions.Relu,
    });

    [SkippableFact]
    public void Patches_of_wide_pixels_plus_the_row_of_their_token() => Compare(32, 24, 2 * Shape.Tokens, new GemmOptions
    {
        From = GemmOptions.Patch,
        InputStride = 3,
        PixelCells = 2,
        OutputStride = 24,
        Add = GemmOptions.SameToken,
        AddStride = 24,
    });

    [SkippableFact]
    public void Normalised_tokens_to_the_pixels_of_their_patches() => Compare(24, 64, 2 * Shape.Tokens, new GemmOptions
    {
        InputStride = 24,
        Prepare = GemmOptions.Normalised,
        To = GemmOptions.ToPatch,
        PixelCells = 4,
        OutputStride = 12,
        OutputOffset = 8,
    });

    private void Compare(int k, int n, int rows, GemmOptions options)
    {
        Skip.If(MatrixTile.Best(Device.Adapter.MatrixShapes, Device.Adapter.SharedMemoryBytes) is null, $"{Device.Adapter.Name} has no matrix units (VK_KHR_cooperative_matrix)");
        float[] plain = Run(k, n, rows, options, matrixUnits: false);
        float[] units = Run(k, n, rows, options, matrixUnits: true);

        Assert.True(plain.Max() > 0.5f, "the product is nearly nothing: this compares nothing");
        for (int i = 0; i < plain.Length; i++)
            Assert.InRange(units[i], plain[i] - Tolerance(plain[i]), plain[i] + Tolerance(plain[i]));
    }

    // Inputs and outputs are rounded to halves (2^-11); sums are float32.
    private static float Tolerance(float value) => 3e-3f * (1 + Math.Abs(value));

    private float[] Run(int k, int n, int rows, GemmOptions options, bool matrixUnits)
    {
        Random random = new(5);
        using MaepUpload upload = new(Device, Shape, half: true, matrixUnits);
        Assert.Equal(matrixUnits, upload.MatrixShape is not null);
        PackedLayer packed = PackedLayer.Of("layer", 4 * k, 4 * n);
        Fill(random, packed.Weights, 1 / MathF.Sqrt(k));
        Fill(random, packed.Bias, 1);
        GpuLayer layer = upload.Layer(packed, options);
        upload.Finish();

        // Enough for any of the lookups: rows, or the pixels of two tiles.
        GpuBuffer input = Cells(random, Math.Max(rows, 2 * Shape.Pixels) * (int)options.InputStride);
        GpuBuffer output = Cells(random, Math.Max(rows, 2 * Shape.Pixels) * (int)options.OutputStride);
        GpuBuffer added = Cells(random, Math.Max(rows, Shape.Tokens) * (int)options.AddStride);
        GpuBuffer statistics = Upload([.. Enumerable.Range(0, 2 * rows).Select(i => i % 2 == 0 ? 0.1f : 1.5f)]);
        PassGraph graph = new("product");
        MaepPasses passes = new(graph, upload.CellBytes, Shape, 0);
        PassResource result = graph.Import(output);
        passes.Product(layer, (uint)rows, graph.Import(input), result, graph.Import(added), graph.Import(statistics), writesPart: true);
        graph.Compile(_ => throw new InvalidOperationException("no heap"));
        using GpuCommands commands = Device.CreateCommands(Compute);
        commands.Begin();
        graph.Record(commands);
        commands.Barrier(GpuStage.Compute, GpuStage.Host);
        commands.End();
        Run(commands);
        float[] found = new float[output.Size / 2];
        TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(output.Mapped)[..found.Length], found);
        return found;
    }

    private GpuBuffer Cells(Random random, int count)
    {
        float[] values = new float[4 * count];
        Fill(random, values, 1);
        GpuBuffer buffer = Device.CreateBuffer("cells", 8UL * (ulong)count, GpuMemory.Upload);
        TensorPrimitives.ConvertToHalf(values, MemoryMarshal.Cast<byte, Half>(buffer.Mapped)[..values.Length]);
        return buffer;
    }

    private static void Fill(Random random, float[] values, float scale)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = scale * ((2 * random.NextSingle()) - 1);
    }
}
