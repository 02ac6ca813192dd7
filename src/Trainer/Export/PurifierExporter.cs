using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Nets;

namespace Realtime.Trainer.Export;

/// <summary>Writes a purifier of any kind as an ONNX graph, as it is in use: picture [N, 3, S, S] in [0, 1] -> purified, the same shape and range.</summary>
public static class PurifierExporter
{
    /// <summary>Builds the model.</summary>
    public static OnnxModel Build(PurifierNet net) => net switch
    {
        MaskedAutoencoderPurifier maep => MaepExporter.Build(maep),
        DiscoPurifier disco => DiscoExporter.Build(disco),
        ImpurePurifier impure => ImpureExporter.Build(impure),
        _ => throw new ArgumentException($"There is no exporter for {net?.GetType().Name}.", nameof(net)),
    };
}
