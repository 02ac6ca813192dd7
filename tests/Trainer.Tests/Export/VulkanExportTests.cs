using System.Text.Json;
using Realtime.Filter.Errors;
using Realtime.Filter.Gpu;
using Realtime.Filter.Models.Onnx;
using Realtime.Filter.Purifiers;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;

namespace Realtime.Trainer.Tests.Export;

/// <summary>Shapes of purifier that are not shipped: what the exporter writes, Vulkan runs.</summary>
public sealed class VulkanExportTests : IDisposable
{
    private const int Count = 3;

    private readonly string folder = Directory.CreateTempSubdirectory("realtime-export-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // All of one size, as the kernels that they share are compiled once only; a software device takes seconds for each.
    [SkippableTheory]
    [InlineData(2, 1, 0, false)]
    [InlineData(1, 0, 0, true)]
    [InlineData(1, 1, 8, true)]
    [InlineData(1, 1, 8, false)]
    public void A_purifier_of_another_shape_gives_on_Vulkan_what_it_gives_on_the_processor(int encoder, int decoder, int stem, bool residual)
    {
        const int Size = 16;
        string path = Export(new PurifierArchitecture(Size, 4, 24, encoder, decoder, 3, stem, residual));
        using VulkanPurifier device = Open(path);
        using OnnxPurifier processor = OnnxPurifier.Open(path, 1);
        Random random = new(Size);
        float[] tiles = [.. Enumerable.Range(0, Count * 3 * Size * Size).Select(_ => random.NextSingle())];
        float[] expected = new float[tiles.Length], found = new float[tiles.Length];

        processor.Purify(tiles, expected, Count);
        device.Purify(tiles, found, Count);

        Assert.Equal(Size, device.TileSize);
        Assert.InRange(Difference(expected, found), 0, 1e-4f);
        Assert.True(Difference(expected, tiles) > 0.02f, "the purifier changed nothing: this compares nothing");
        Assert.Equal([], device.ValidationMessages);
    }

    private static float Difference(float[] a, float[] b) => a.Zip(b, (x, y) => MathF.Abs(x - y)).Max();

    private static VulkanPurifier Open(string path)
    {
        try
        {
            return VulkanPurifier.Open(path, validation: true);
        }
        catch (UserErrorException missing) when (missing.ExitCode == ExitCode.DeviceUnavailable)
        {
            throw new SkipException(missing.Message);
        }
    }

    private string Export(PurifierArchitecture architecture)
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(architecture);
        string path = Path.Combine(folder, "tiny.onnx");
        OnnxModel model = PurifierExporter.Build(net);
        model.Metadata["realtime.architecture"] = JsonSerializer.Serialize(net.Architecture);
        OnnxWriter.Write(model, path);
        return path;
    }
}
