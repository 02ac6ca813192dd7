namespace Realtime.Filter.Models.Onnx;

/// <summary>One operation of a graph.</summary>
/// <param name="Name">Unique in its graph; for messages and profiles.</param>
/// <param name="OpType">Operator ("Conv").</param>
/// <param name="Inputs">Names of values or initializers; an empty name is an optional input left out.</param>
/// <param name="Outputs">Names of the values it makes.</param>
/// <param name="Attributes">Its settings.</param>
/// <param name="Domain">Operator set; empty for the standard one.</param>
public sealed record OnnxNode(
    string Name,
    string OpType,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<OnnxAttribute> Attributes,
    string Domain = "")
{
    /// <summary>The value of an attribute, or <paramref name="missing"/> where the node does not have it.</summary>
    public T Attribute<T>(string name, T missing)
    {
        foreach (OnnxAttribute attribute in Attributes)
        {
            if (attribute.Name == name)
                return (T)attribute.Value;
        }

        return missing;
    }
}
