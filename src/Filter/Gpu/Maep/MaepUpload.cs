using System.Runtime.InteropServices;
using Realtime.Filter.Gpu.Shaders;
using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu.Maep;

/// <summary>Makes and owns the kernels and weight buffers of a program; equal kernels are made once.</summary>
internal sealed class MaepUpload : IDisposable
{
    private const int LayerBuffers = 6, LayerConstantBytes = 3 * sizeof(uint);      // of product.glsl

    private readonly GpuDevice device;
    private readonly MaepArchitecture shape;
    private readonly Dictionary<string, GpuPipeline> kernels = [];
    private readonly List<GpuBuffer> buffers = [];
    private readonly List<GpuBuffer> staging = [];
    private readonly GpuCommands copies;

    /// <summary>Begins an upload.</summary>
    /// <param name="device">Borrowed.</param>
    /// <param name="shape">The model's shape.</param>
    /// <param name="half">Numbers are kept as float16.</param>
    /// <param name="matrixUnits">Products of float16 run on the device's matrix units, where it has them.</param>
    public MaepUpload(GpuDevice device, MaepArchitecture shape, bool half, bool matrixUnits = true)
    {
        this.device = device;
        this.shape = shape;
        IsHalf = half;
        MatrixShape = half && matrixUnits ? MatrixTile.Best(device.Adapter.MatrixShapes, device.Adapter.SharedMemoryBytes) : null;
        copies = device.CreateCommands(device.Compute);
        copies.Begin();
    }

    public bool IsHalf { get; }

    /// <summary>The fragments of products on matrix units; null where they run on the plain kernel.</summary>
    public GpuMatrixShape? MatrixShape { get; }

    public uint CellBytes => IsHalf ? 8u : 16u;

    /// <summary>A kernel in this program's number format.</summary>
    public GpuPipeline Kernel(string shader, int buffers, int constantBytes, uint[] specialization, bool fullSubgroups = false)
    {
        string name = $"{shader}.{(IsHalf ? "fp16" : "fp32")}";
        string key = $"{name} {string.Join(' ', specialization)}";
        if (!kernels.TryGetValue(key, out GpuPipeline? kernel))
            kernels[key] = kernel = device.CreatePipeline(name, ShaderLibrary.Load(name), buffers, constantBytes, specialization, fullSubgroups);
        return kernel;
    }

    /// <summary>A layer with its kernel.</summary>
    public GpuLayer Layer(PackedLayer layer, GemmOptions o)
    {
        uint n = (uint)layer.N;
        uint[] common =
        [
            (uint)layer.K, n, o.From, o.InputStride, o.Prepare, o.To, o.OutputStride, o.OutputOffset, o.Activation, o.Add, o.AddStride,
            (uint)shape.Size, (uint)shape.Patch, o.PixelCells,
        ];
        bool isSoftware = device.Adapter is { Type: PhysicalDeviceType.Cpu, SharedMemoryBytes: >= GemmTile.SoftwareSharedBytes };
        GpuPipeline kernel;
        uint groupRows, groupCells;
        if (MatrixShape is { } fragment)
        {
            MatrixTile tile = MatrixTile.For(fragment, n, isSoftware);
            uint threads = MatrixTile.Subgroups * device.Adapter.SubgroupSize;
            uint[] cut = [threads, fragment.Rows, fragment.Columns, fragment.Depth, tile.RowFragments, tile.ColumnFragments];
            kernel = Kernel("gemm_coopmat", LayerBuffers, LayerConstantBytes, [.. cut, .. common], fullSubgroups: true);
            (groupRows, groupCells) = (tile.Rows, tile.Cells);
        }
        else
        {
            GemmTile tile = GemmTile.For(n, isSoftware);
            uint[] cut = [tile.Threads, tile.Rows, tile.Cells, tile.Depth, tile.ThreadRows, tile.ThreadCells];
            kernel = Kernel("gemm", LayerBuffers, LayerConstantBytes, [.. cut, .. common]);
            (groupRows, groupCells) = (tile.Rows, tile.Cells);
        }

        return new GpuLayer(
            layer.Name, kernel, Cells(layer.Name + ".weight", layer.Weights), Floats(layer.Name + ".bias", layer.Bias), (uint)layer.K, n, groupRows, groupCells, o.InputReads, o.FrameBuffers);
    }

    /// <summary>Numbers in this program's format.</summary>
    public GpuBuffer Cells(string name, float[] values)
    {
        if (!IsHalf)
            return Floats(name, values);
        Half[] halves = new Half[values.Length];
        System.Numerics.Tensors.TensorPrimitives.ConvertToHalf(values, halves);
        return Upload(name, MemoryMarshal.AsBytes<Half>(halves));
    }

    /// <summary>Numbers that are float32 in any format.</summary>
    public GpuBuffer Floats(string name, float[] values) => Upload(name, MemoryMarshal.AsBytes<float>(values));

    /// <summary>Waits until all weights have arrived.</summary>
    public void Finish()
    {
        copies.Barrier(GpuStage.Transfer, GpuStage.Compute);
        copies.End();
        device.Compute.Wait(device.Compute.Submit(copies), TimeSpan.FromSeconds(30), CancellationToken.None);
        copies.Dispose();
        foreach (GpuBuffer buffer in staging)
            buffer.Dispose();
        staging.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GpuPipeline kernel in kernels.Values)
            device.Retire(kernel);
        foreach (GpuBuffer buffer in buffers)
            device.Retire(buffer);
        kernels.Clear();
        buffers.Clear();
    }

    private GpuBuffer Upload(string name, ReadOnlySpan<byte> bytes)
    {
        GpuBuffer from = device.CreateBuffer(name + " (staging)", (ulong)bytes.Length, GpuMemory.Upload);
        GpuBuffer to = device.CreateBuffer(name, (ulong)bytes.Length, GpuMemory.Device);
        staging.Add(from);
        buffers.Add(to);
        bytes.CopyTo(from.Mapped);
        copies.Copy(from, to, 0, 0, (ulong)bytes.Length);
        return to;
    }
}
