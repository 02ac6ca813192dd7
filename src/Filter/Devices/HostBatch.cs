using Microsoft.ML.OnnxRuntime;

namespace Realtime.Filter.Devices;

/// <summary>A batch in host memory; ONNX Runtime copies it to the device and back in every run. It owns the session.</summary>
internal sealed class HostBatch : IDeviceBatch
{
    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly float[] tiles;
    private readonly float[] purified;
    private readonly string[] inputs;
    private readonly string[] outputs;
    private readonly OrtValue[] inputValues;
    private readonly OrtValue[] outputValues;

    /// <summary>Takes over <paramref name="session"/>.</summary>
    /// <param name="session">A purifier.</param>
    /// <param name="count">Tiles in the batch, at least 1.</param>
    /// <param name="tileSize">Edge length S of a tile in pixels.</param>
    public HostBatch(InferenceSession session, int count, int tileSize)
    {
        this.session = session;
        Count = count;
        long[] shape = [count, 3, tileSize, tileSize];
        tiles = new float[count * 3 * tileSize * tileSize];
        purified = new float[tiles.Length];
        inputs = [session.InputNames[0]];
        outputs = [session.OutputNames[0]];
        inputValues = [OrtValue.CreateTensorValueFromMemory(tiles, shape)];
        outputValues = [OrtValue.CreateTensorValueFromMemory(purified, shape)];
    }

    public int Count { get; }

    public Span<float> Tiles => tiles;

    public ReadOnlySpan<float> Purified => purified;

    public void Run() => session.Run(options, inputs, inputValues, outputs, outputValues);

    public void Dispose()
    {
        inputValues[0].Dispose();
        outputValues[0].Dispose();
        options.Dispose();
        session.Dispose();
    }
}
