using System.Text.Json;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Gpu.Maep;

/// <summary>The shape of a masked-autoencoder purifier, as its ONNX file says it in the metadata <c>realtime.architecture</c>.</summary>
/// <param name="Size">Edge of a tile in pixels.</param>
/// <param name="Patch">Edge of a patch in pixels.</param>
/// <param name="Width">Numbers of a token.</param>
/// <param name="Encoder">Blocks before the second norm.</param>
/// <param name="Decoder">Blocks after it.</param>
/// <param name="Heads">Attention heads.</param>
/// <param name="Stem">Channels of the convolutions around the transformer; 0 for the plain model.</param>
/// <param name="Residual">The model gives a change of the picture instead of the picture.</param>
public sealed record MaepArchitecture(int Size, int Patch, int Width, int Encoder, int Decoder, int Heads, int Stem, bool Residual)
{
    /// <summary>The metadata entry.</summary>
    public const string MetadataKey = "realtime.architecture";

    // An architecture that says no kind is a masked autoencoder's: files older than the other kinds have no such entry.
    private const string KindKey = "Kind";
    private const string Kind = "maep";

    // Stands in the entries of a purifier that paints its picture anew from the tokens alone; left out where there is none.
    private const string BottleneckKey = "Bottleneck";

    /// <summary>Maps that each token contributes to the convolutional head.</summary>
    public const int TokenMaps = 16;

    /// <summary>Tokens of a tile.</summary>
    public int Tokens => Size / Patch * (Size / Patch);

    /// <summary>Pixels of a tile.</summary>
    public int Pixels => Size * Size;

    /// <summary>Reads the shape of a model.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="model">Its content.</param>
    /// <exception cref="UserErrorException">The model says no shape, or one that the kernels cannot run (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static MaepArchitecture Read(string path, OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Metadata.TryGetValue(ModelDescription.QuantizationKey, out string? quantization))
            throw Rejected(path, $"it computes in 8 bits ({quantization})");
        if (!model.Metadata.TryGetValue(MetadataKey, out string? json))
            throw Rejected(path, $"its metadata has no '{MetadataKey}'");
        MaepArchitecture? shape;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.TryGetProperty(KindKey, out JsonElement kind) && kind.ToString() != Kind)
                throw Rejected(path, $"it is of kind '{kind}', and the kernels are those of '{Kind}'");
            if (document.RootElement.TryGetProperty(BottleneckKey, out JsonElement bottleneck))
                throw Rejected(path, $"it has a bottleneck ({bottleneck}), which the kernels do not");
            shape = document.Deserialize<MaepArchitecture>();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Rejected(path, $"its '{MetadataKey}' is not a purifier's: {json}", error);
        }

        if (shape is null || shape.Size < 1 || shape.Patch < 1 || shape.Size % shape.Patch != 0 || shape.Heads < 1 || shape.Width < 1)
            throw Rejected(path, $"its '{MetadataKey}' is not a purifier's: {json}");
        if (shape.Width % (4 * shape.Heads) != 0 || shape.Width / shape.Heads > 64 || shape.Stem % 4 != 0 || shape.Pixels % 64 != 0)
            throw Rejected(path, $"the kernels need a width that is a multiple of 4 times the heads, heads of at most 64, a stem that is a multiple of 4 and tiles of a multiple of 64 pixels; found {json}");
        return shape;
    }

    private static UserErrorException Rejected(string path, string reason, Exception? inner = null) =>
        new(ExitCode.ModelRejected, $"model '{path}' cannot run on Vulkan: {reason}. Masked autoencoders exported by ./realtime export can; --device cpu runs any purifier.", inner);
}
