using Realtime.Filter.Gpu;
using Realtime.Filter.Gpu.Maep;
using Realtime.Filter.Gpu.Passes;
using Silk.NET.Vulkan;

namespace Realtime.Bench;

/// <summary>What this device can do, measured with the same kernels in the same run: a large square product, and a copy.</summary>
/// <param name="FlopsPerSecond">Of a product of 4096 x 2048 (512 x 512 on a software device) by as much.</param>
/// <param name="BytesPerSecond">Read and written by a copy within device memory.</param>
/// <param name="MatrixShape">What the device's matrix units made the product of; null where the plain kernel made it.</param>
internal sealed record GpuPeak(double FlopsPerSecond, double BytesPerSecond, GpuMatrixShape? MatrixShape)
{
    /// <summary>Measures a device.</summary>
    /// <param name="device">Borrowed.</param>
    /// <param name="shape">Of a model; the product does not depend on it.</param>
    /// <param name="half">In float16.</param>
    /// <param name="matrixUnits">On matrix units where the device has them and <paramref name="half"/> is set.</param>
    public static GpuPeak Measure(GpuDevice device, MaepArchitecture shape, bool half, bool matrixUnits = true)
    {
        bool isSoftware = device.Adapter.Type == PhysicalDeviceType.Cpu;
        uint edge = isSoftware ? 512u : 2048u;
        uint rows = isSoftware ? 512u : 4096u;
        ulong copied = isSoftware ? 32UL << 20 : 512UL << 20;

        using MaepUpload upload = new(device, shape, half, matrixUnits);
        PackedLayer layer = PackedLayer.Of("probe", (int)edge, (int)edge);
        GpuLayer probe = upload.Layer(layer, new GemmOptions { InputStride = edge / 4, OutputStride = edge / 4 });
        upload.Finish();
        using GpuBuffer from = device.CreateBuffer("probe from", Math.Max(copied, (ulong)rows * edge * 4), GpuMemory.Device);
        using GpuBuffer to = device.CreateBuffer("probe to", Math.Max(copied, (ulong)rows * edge * 4), GpuMemory.Device);

        PassGraph graph = new("peak");
        PassResource input = graph.Import(from);
        PassResource output = graph.Import(to);
        MaepPasses passes = new(graph, upload.CellBytes, shape, 0);
        passes.Product(probe, rows, input, output);
        graph.Add(new GpuPass("copy", null, [PassUse.Read(input), PassUse.Write(output)]));
        graph.Compile(_ => throw new InvalidOperationException("the probe needs no heap"));
        using GpuCommands commands = device.CreateCommands(device.Compute, 3);
        commands.Begin();
        commands.Fill(from, 0);
        commands.Barrier(GpuStage.Transfer, GpuStage.Compute | GpuStage.Transfer);
        graph.Record(commands, withTimestamps: true);
        commands.End();
        double product = double.MaxValue;
        double copy = double.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            device.Compute.Wait(device.Compute.Submit(commands), Timeout.InfiniteTimeSpan, CancellationToken.None);
            product = Math.Min(product, commands.TimestampMilliseconds(0, 1));
            copy = Math.Min(copy, commands.TimestampMilliseconds(1, 2));
        }

        return new GpuPeak(graph.Passes[0].Flops / (product / 1000), 2.0 * copied / (copy / 1000), upload.MatrixShape);
    }
}
