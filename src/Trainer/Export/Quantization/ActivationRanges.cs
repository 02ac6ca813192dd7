using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Trainer.Export.Quantization;

/// <summary>Runs a model on pictures and keeps the range of some of its inner values (static calibration by the least and the largest value).</summary>
public static class ActivationRanges
{
    private const int Piece = 16;

    /// <summary>The ranges.</summary>
    /// <param name="model">A model with the input "picture" [N, 3, S, S].</param>
    /// <param name="values">Names of float32 values of its graph.</param>
    /// <param name="pictures">[N, 3, S, S] RGB in [0, 1], as many as there are.</param>
    /// <param name="size">Edge length S.</param>
    public static IReadOnlyDictionary<string, ValueRange> Measure(OnnxModel model, IReadOnlyCollection<string> values, float[] pictures, int size)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(pictures);
        OnnxGraph probe = model.Graph.Copy(values.Select(value => new OnnxValue(value, OnnxElementType.Float, null)));

        Dictionary<string, ValueRange> ranges = values.ToDictionary(value => value, _ => ValueRange.Empty, StringComparer.Ordinal);
        using InferenceSession session = OnnxSessions.Open(model.With(probe), model.Graph.Name);
        using RunOptions options = new();
        int each = 3 * size * size;
        for (int start = 0; start < pictures.Length / each; start += Piece)
        {
            int count = Math.Min(Piece, (pictures.Length / each) - start);
            using OrtValue input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, pictures.AsMemory(start * each, count * each), [count, 3, size, size]);
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, ["picture"], [input], session.OutputNames);
            for (int i = 0; i < results.Count; i++)
                ranges[session.OutputNames[i]] = ranges[session.OutputNames[i]].With(results[i].GetTensorDataAsSpan<float>());
        }

        return ranges;
    }
}
