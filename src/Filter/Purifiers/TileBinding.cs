using Microsoft.ML.OnnxRuntime;

namespace Realtime.Filter.Purifiers;

/// <summary>
/// ONNX Runtime's view of one pair of tile buffers, cut into batches. It pins both buffers and owns the tensors and bindings, which are made
/// once and used for every frame that comes by in these buffers. A run through a binding allocates nothing managed.
/// </summary>
internal sealed class TileBinding : IDisposable
{
    private readonly Memory<float> tiles;
    private readonly Memory<float> purified;
    private readonly int count;
    private readonly int batchSize;
    private readonly List<OrtValue> tensors = [];

    public TileBinding(InferenceSession session, Memory<float> tiles, Memory<float> purified, int count, int batchSize, int tileSize)
    {
        this.tiles = tiles;
        this.purified = purified;
        this.count = count;
        this.batchSize = batchSize;
        int tileLength = 3 * tileSize * tileSize;
        Batches = new OrtIoBinding[(count + batchSize - 1) / batchSize];
        for (int i = 0; i < Batches.Length; i++)
        {
            int first = i * batchSize;
            int length = Math.Min(batchSize, count - first);
            long[] shape = [length, 3, tileSize, tileSize];
            Batches[i] = session.CreateIoBinding();
            Batches[i].BindInput(session.InputNames[0], Tensor(tiles.Slice(first * tileLength, length * tileLength), shape));
            Batches[i].BindOutput(session.OutputNames[0], Tensor(purified.Slice(first * tileLength, length * tileLength), shape));
        }
    }

    /// <summary>Input and output of each batch.</summary>
    public OrtIoBinding[] Batches { get; }

    public bool Fits(Memory<float> tiles, Memory<float> purified, int count, int batchSize) =>
        this.count == count && this.batchSize == batchSize && this.tiles.Equals(tiles) && this.purified.Equals(purified);

    public void Dispose()
    {
        foreach (OrtIoBinding batch in Batches)
            batch.Dispose();
        foreach (OrtValue tensor in tensors)
            tensor.Dispose();
    }

    private OrtValue Tensor(Memory<float> memory, long[] shape)
    {
        OrtValue tensor = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);
        tensors.Add(tensor);
        return tensor;
    }
}
