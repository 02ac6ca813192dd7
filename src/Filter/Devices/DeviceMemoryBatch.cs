using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Realtime.Filter.Devices;

/// <summary>
/// A batch in the device's own memory, at addresses that never change, as CUDA graphs want it. The host side is staged in memory that the
/// device reads directly (pinned). Copies are synchronous: when <see cref="Run"/> returns, the result is in <see cref="Purified"/>. It owns
/// the session.
/// </summary>
internal sealed class DeviceMemoryBatch : IDeviceBatch
{
    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly OrtAllocator deviceMemory;
    private readonly OrtAllocator stagingMemory;
    private readonly OrtIoBinding binding;
    private readonly TensorCopy copy;
    private readonly OrtValue[] tiles;            // staging
    private readonly OrtValue[] purified;
    private readonly OrtValue[] tilesOnDevice;
    private readonly OrtValue[] purifiedOnDevice;

    /// <summary>Takes over <paramref name="session"/>.</summary>
    /// <param name="session">A purifier on the device.</param>
    /// <param name="count">Tiles in the batch, at least 1.</param>
    /// <param name="tileSize">Edge length S of a tile in pixels.</param>
    /// <param name="device">The device's memory; borrowed.</param>
    /// <param name="staging">Host memory that the device reads and writes; borrowed.</param>
    /// <param name="copy">Copies between the two.</param>
    public DeviceMemoryBatch(InferenceSession session, int count, int tileSize, OrtMemoryInfo device, OrtMemoryInfo staging, TensorCopy copy)
    {
        this.session = session;
        this.copy = copy;
        Count = count;
        long[] shape = [count, 3, tileSize, tileSize];
        deviceMemory = new OrtAllocator(session, device);
        stagingMemory = new OrtAllocator(session, staging);
        tiles = [Allocate(stagingMemory, shape)];
        purified = [Allocate(stagingMemory, shape)];
        tilesOnDevice = [Allocate(deviceMemory, shape)];
        purifiedOnDevice = [Allocate(deviceMemory, shape)];
        Tiles.Clear();   // the rest of a batch that is not full is computed too
        binding = session.CreateIoBinding();
        binding.BindInput(session.InputNames[0], tilesOnDevice[0]);
        binding.BindOutput(session.OutputNames[0], purifiedOnDevice[0]);
    }

    /// <summary>Copies tensors of equal shapes and returns when it is done.</summary>
    public delegate void TensorCopy(OrtValue[] from, OrtValue[] to);

    public int Count { get; }

    public Span<float> Tiles => tiles[0].GetTensorMutableDataAsSpan<float>();

    public ReadOnlySpan<float> Purified => purified[0].GetTensorDataAsSpan<float>();

    public void Run()
    {
        copy(tiles, tilesOnDevice);
        session.RunWithBinding(options, binding);
        copy(purifiedOnDevice, purified);
    }

    public void Dispose()
    {
        binding.Dispose();
        foreach (OrtValue value in (OrtValue[])[.. tiles, .. purified, .. tilesOnDevice, .. purifiedOnDevice])
            value.Dispose();
        stagingMemory.Dispose();
        deviceMemory.Dispose();
        options.Dispose();
        session.Dispose();
    }

    private static OrtValue Allocate(OrtAllocator memory, long[] shape) =>
        OrtValue.CreateAllocatedTensorValue(memory, TensorElementType.Float, shape);
}
