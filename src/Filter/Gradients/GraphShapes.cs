using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Gradients;

/// <summary>
/// The shapes of a graph's values, found by running it on two batch sizes: what ONNX Runtime does is what counts, and no operator's shape
/// rule has to be written twice.
/// </summary>
public sealed class GraphShapes
{
    /// <summary>Stands for a multiple of the batch in a shape.</summary>
    public const long Batch = -1;

    private readonly Dictionary<string, long[]> shapes = new(StringComparer.Ordinal);

    /// <summary>Runs <paramref name="model"/>.</summary>
    /// <param name="model">A model with one float32 input whose first dimension is the batch and whose others are fixed.</param>
    /// <exception cref="UserErrorException">ONNX Runtime cannot run it (model rejected).</exception>
    public GraphShapes(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        try
        {
            Dictionary<string, long[]> two = Run(model, batch: 2), three = Run(model, batch: 3);
            foreach ((string name, long[] shape) in two)
                shapes[name] = [.. shape.Zip(three[name], (a, b) => a == b ? a : Batch)];
        }
        catch (OnnxRuntimeException error)
        {
            throw new UserErrorException(ExitCode.ModelRejected, $"the model cannot be run: {OnnxSessions.FirstLine(error)}", error);
        }

        foreach (OnnxTensor tensor in model.Graph.Initializers)
            shapes[tensor.Name] = [.. tensor.Dimensions];
    }

    /// <summary>Shape of a value or an initializer, with <see cref="Batch"/> where the batch stands.</summary>
    public long[] Of(string value) =>
        shapes.TryGetValue(value, out long[]? shape) ? shape : throw new ArgumentException($"The shape of '{value}' is not known.", nameof(value));

    private static Dictionary<string, long[]> Run(OnnxModel model, long batch)
    {
        OnnxValue input = model.Graph.Inputs[0];

        // Without a type: ONNX Runtime finds it, and some values are no floats.
        OnnxGraph probe = model.Graph.Copy(model.Graph.Nodes.SelectMany(node => node.Outputs).Where(value => value.Length > 0).Select(value => new OnnxValue(value, OnnxElementType.Undefined, null)));

        long[] inputShape = [batch, .. input.Dimensions!.Skip(1).Select(dimension => dimension.Size!.Value)];
        Dictionary<string, long[]> found = new(StringComparer.Ordinal) { [input.Name] = inputShape };
        using SessionOptions options = OnnxSessions.Options();
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        using InferenceSession session = new(OnnxWriter.ToBytes(model.With(probe)), options);
        using RunOptions run = new();
        using OrtValue feed = OrtValue.CreateTensorValueFromMemory(new float[inputShape.Aggregate((a, b) => a * b)], inputShape);
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, new Dictionary<string, OrtValue> { [input.Name] = feed }, session.OutputNames);
        for (int i = 0; i < results.Count; i++)
        {
            if (results[i].IsTensor)
                found[session.OutputNames[i]] = results[i].GetTensorTypeAndShape().Shape;
        }

        return found;
    }
}
