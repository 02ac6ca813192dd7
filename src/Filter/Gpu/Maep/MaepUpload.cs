using System.Runtime.InteropServices;
using Realtime.Filter.Gpu.Shaders;
using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu.Maep;

/// <summary>Makes and owns the kernels and weight buffers of a program; equal kernels are made once.</summary>
internal sealed class MaepUpload : IDisposable
{
    private readonly GpuDevice device;
    private readonly MaepArchitecture shape;
    private readonly Dictionary<string, GpuPipeline> kernels = [];
    private readonly List<GpuBuffer> buffers = [];
    private readonly List<GpuBuffer> staging = [];
    private readonly GpuCommands copies;

    public MaepUpload(GpuDevice device, MaepArchitecture shape, bool half)
    {
        this.device = device;
        this.shape = shape;
        IsHalf = half;
        copies = device.CreateCommands(device.Compute);
        copies.Begin();
    }

    public bool IsHalf { get; }

    public uint CellBytes => IsHalf ? 8u : 16u;

    /// <summary>A kernel in this program's number format.</summary>
    public GpuPipeline Kernel(string shader, int buffers, int constantBytes, uint[] specialization)
    {
        string name = $"{shader}.{(IsHalf ? "fp16" : "fp32")}";
        string key = $"{name} {string.Join(' ', specialization)}";
        if (!kernels.TryGetValue(key, out GpuPipeline? kernel))
            kernels[key] = kernel = device.CreatePipeline(name, ShaderLibrary.Load(name), buffers, constantBytes, specialization);
        return kernel;
    }

    /// <summary>A layer with its kernel.</summary>
    public GpuLayer Layer(PackedLayer layer, GemmOptions o)
    {
        GemmTile tile = GemmTile.For((uint)layer.N, device.Adapter.Type == PhysicalDeviceType.Cpu);
        uint[] specialization =
        [
            tile.Threads, tile.Rows, tile.Cells, tile.Depth, tile.ThreadRows, tile.ThreadCells, (uint)layer.K, (uint)layer.N,
            o.From, o.InputStride, o.Prepare, o.To, o.OutputStride, o.OutputOffset, o.Activation, o.Add, o.AddStride,
            (uint)shape.Size, (uint)shape.Patch, o.PixelCells,
        ];
        GpuPipeline kernel = Kernel("gemm", 6, 3 * sizeof(uint), specialization);
        return new GpuLayer(
            layer.Name, kernel, Cells(layer.Name + ".weight", layer.Weights), Floats(layer.Name + ".bias", layer.Bias), (uint)layer.K, (uint)layer.N, tile, o.InputReads, o.FrameBuffers);
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
