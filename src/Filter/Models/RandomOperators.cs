using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Models;

/// <summary>Tells whether a model gives the same output for the same input every time.</summary>
/// <remarks>
/// The operators that draw random numbers are those of the ONNX operator list: RandomNormal, RandomNormalLike, RandomUniform, RandomUniformLike,
/// Multinomial, Bernoulli, and Dropout where it is switched on. What cannot be looked into (subgraphs, operators of other domains) counts as random.
/// </remarks>
public static class RandomOperators
{
    /// <summary>The first node that draws, or may draw, random numbers, for messages; null where there is none.</summary>
    public static string? Find(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Graph.Nodes.Find(MayDraw) is OnnxNode node ? $"node '{node.Name}' ({node.OpType})" : null;
    }

    private static bool MayDraw(OnnxNode node) => node switch
    {
        { Domain: not ("" or "ai.onnx") } => true,
        { OpType: "Multinomial" or "Bernoulli" } => true,
        { OpType: "Dropout" } => node.Inputs.Count > 2 && node.Inputs[2].Length > 0,   // the third input is training_mode
        _ => node.OpType.StartsWith("Random", StringComparison.Ordinal) || node.Attributes.Any(attribute => attribute.Value is ReadOnlyMemory<byte>),
    };
}
