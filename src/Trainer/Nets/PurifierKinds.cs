using System.Text.Json;
using Realtime.Filter.Errors;

namespace Realtime.Trainer.Nets;

/// <summary>The kinds of purifier and their JSON.</summary>
public static class PurifierKinds
{
    // A missing entry is an error instead of a zero.
    private static readonly JsonSerializerOptions Strict = new() { RespectRequiredConstructorParameters = true };

    /// <summary>The JSON that <see cref="Read"/> takes.</summary>
    public static string Json(IPurifierArchitecture architecture) => JsonSerializer.Serialize<object>(architecture);

    /// <summary>Reads the shape of a purifier. JSON without a kind is a masked autoencoder's: files older than the other kinds have none.</summary>
    /// <param name="path">The file that it stands in, for messages.</param>
    /// <param name="json">What <see cref="Json"/> gave.</param>
    /// <exception cref="UserErrorException">The kind is not known, or the entries are not those of its kind (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static IPurifierArchitecture Read(string path, string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            string? kind = document.RootElement.TryGetProperty(nameof(IPurifierArchitecture.Kind), out JsonElement entry) ? entry.GetString() : PurifierArchitecture.Name;
            return kind switch
            {
                PurifierArchitecture.Name => document.Deserialize<PurifierArchitecture>(Strict)!,
                DiscoArchitecture.Name => document.Deserialize<DiscoArchitecture>(Strict)!,
                ImpureArchitecture.Name => document.Deserialize<ImpureArchitecture>(Strict)!,
                _ => throw new UserErrorException(ExitCode.ModelRejected, $"{path}: a purifier of kind '{kind}', which this version does not know; it knows {PurifierArchitecture.Name}, {DiscoArchitecture.Name} and {ImpureArchitecture.Name}. Use the version that wrote it."),
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new UserErrorException(ExitCode.ModelRejected, $"{path}: its architecture is not a purifier's: {json}", error);
        }
    }
}
