using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Models.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Export;

/// <summary>Compares an exported model with its torch net on fresh random pictures.</summary>
public static class ParityCheck
{
    /// <summary>The largest difference in float32 that an export may have.</summary>
    public const double Limit = 1e-4;

    private const int Pictures = 5;         // an odd batch: a batch size baked into the graph would show

    /// <summary>Runs both and answers the largest absolute difference between their outputs.</summary>
    /// <param name="model">A model with input "picture" and one output.</param>
    /// <param name="reference">The torch net: [N, 3, S, S] -> output.</param>
    /// <param name="size">Edge length S.</param>
    /// <param name="seed">Seed of the pictures.</param>
    public static double LargestDifference(OnnxModel model, Func<Tensor, Tensor> reference, int size, int seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(reference);
        using IDisposable still = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Random random = new(seed);
        float[] pictures = [.. Enumerable.Range(0, Pictures * 3 * size * size).Select(_ => random.NextSingle())];
        Tensor expected = reference(tensor(pictures, [Pictures, 3, size, size])).contiguous();
        ReadOnlySpan<float> torch = MemoryMarshal.Cast<byte, float>(expected.bytes);

        using InferenceSession session = new(OnnxWriter.ToBytes(model));
        using RunOptions options = new();
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(pictures, [Pictures, 3, size, size]);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["picture"], [input], [session.OutputNames[0]]);
        ReadOnlySpan<float> onnx = outputs[0].GetTensorDataAsSpan<float>();
        if (onnx.Length != torch.Length)
            return double.PositiveInfinity;
        double largest = 0;
        for (int i = 0; i < onnx.Length; i++)
        {
            double difference = Math.Abs((double)onnx[i] - torch[i]);
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }

        return largest;
    }
}
