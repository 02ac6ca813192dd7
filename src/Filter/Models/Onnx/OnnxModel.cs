namespace Realtime.Filter.Models.Onnx;

/// <summary>The content of an ONNX file. <see cref="OnnxGraphBuilder"/> makes one, <see cref="OnnxReader"/> and <see cref="OnnxWriter"/> move it.</summary>
public sealed class OnnxModel
{
    /// <summary>Version of the file format; 9 goes with opset 20.</summary>
    public long IrVersion { get; set; } = 9;

    /// <summary>Who wrote the file.</summary>
    public string Producer { get; set; } = "Realtime";

    /// <summary>Operator sets by domain; the standard one has the empty name.</summary>
    public SortedDictionary<string, long> Opsets { get; } = new(StringComparer.Ordinal);

    /// <summary>Version of the standard operator set, 0 where the file names none.</summary>
    public long Opset => Opsets.GetValueOrDefault("");

    /// <summary>Free entries ("realtime.labels"), sorted, so that equal models are equal files.</summary>
    public SortedDictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>The computation.</summary>
    public OnnxGraph Graph { get; set; } = new();

    /// <summary>A model with the versions and metadata of this one, copied, and another graph.</summary>
    public OnnxModel With(OnnxGraph graph)
    {
        OnnxModel model = new() { IrVersion = IrVersion, Producer = Producer, Graph = graph };
        foreach ((string domain, long version) in Opsets)
            model.Opsets[domain] = version;
        foreach ((string key, string value) in Metadata)
            model.Metadata[key] = value;
        return model;
    }
}
