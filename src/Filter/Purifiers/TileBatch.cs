using Microsoft.ML.OnnxRuntime;

namespace Realtime.Filter.Purifiers;

/// <summary>
/// What one worker runs its batches in: a small piece of memory that stays in its cache, tensors over it, and a binding for every number of tiles,
/// made when it is first needed. A run through a known binding allocates nothing managed. It owns all of these and pins the memory.
/// </summary>
internal sealed class TileBatch : IDisposable
{
    private readonly InferenceSession session;
    private readonly int tileSize;
    private readonly int tileLength;
    private readonly float[] tiles;
    private readonly float[] purified;
    private readonly OrtIoBinding?[] bindings;   // by number of tiles
    private readonly List<OrtValue> tensors = [];

    /// <summary>Makes room.</summary>
    /// <param name="session">Borrowed.</param>
    /// <param name="capacity">The most tiles of a run, at least 1.</param>
    /// <param name="tileSize">Edge length S.</param>
    public TileBatch(InferenceSession session, int capacity, int tileSize)
    {
        this.session = session;
        this.tileSize = tileSize;
        tileLength = 3 * tileSize * tileSize;
        tiles = new float[capacity * tileLength];
        purified = new float[tiles.Length];
        bindings = new OrtIoBinding?[capacity + 1];
    }

    /// <summary>Purifies as many tiles as <paramref name="from"/> holds.</summary>
    /// <param name="options">For ONNX Runtime.</param>
    /// <param name="from">[n, 3, S, S].</param>
    /// <param name="to">[n, 3, S, S].</param>
    /// <exception cref="OnnxRuntimeException">The run failed.</exception>
    public void Run(RunOptions options, ReadOnlySpan<float> from, Span<float> to)
    {
        int count = from.Length / tileLength;
        OrtIoBinding binding = bindings[count] ??= Bind(count);
        from.CopyTo(tiles);
        session.RunWithBinding(options, binding);
        purified.AsSpan(0, to.Length).CopyTo(to);
    }

    public void Dispose()
    {
        foreach (OrtIoBinding? binding in bindings)
            binding?.Dispose();
        foreach (OrtValue tensor in tensors)
            tensor.Dispose();
    }

    private OrtIoBinding Bind(int count)
    {
        OrtIoBinding binding = session.CreateIoBinding();
        binding.BindInput(session.InputNames[0], Tensor(tiles, count));
        binding.BindOutput(session.OutputNames[0], Tensor(purified, count));
        return binding;
    }

    private OrtValue Tensor(float[] memory, int count)
    {
        OrtValue tensor = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory.AsMemory(0, count * tileLength), [count, 3, tileSize, tileSize]);
        tensors.Add(tensor);
        return tensor;
    }
}
