using System.Text.Json;

namespace Realtime.Filter.Devices;

/// <summary>Reads from ONNX Runtime's profile of a run which provider computed each node. ONNX Runtime itself does not say when it fell back.</summary>
internal static class ProviderProof
{
    /// <summary>Nodes by provider, as "CUDAExecutionProvider" -> 120.</summary>
    /// <param name="profile">The profile's JSON: an array of events.</param>
    public static IReadOnlyDictionary<string, int> Count(ReadOnlyMemory<byte> profile)
    {
        Dictionary<string, int> nodes = [];
        using JsonDocument document = JsonDocument.Parse(profile);
        foreach (JsonElement item in document.RootElement.EnumerateArray())
        {
            if (!item.TryGetProperty("args", out JsonElement arguments) || arguments.ValueKind != JsonValueKind.Object)
                continue;
            if (arguments.TryGetProperty("provider", out JsonElement provider) && provider.GetString() is { Length: > 0 } name)
                nodes[name] = nodes.GetValueOrDefault(name) + 1;
        }

        return nodes;
    }

    /// <summary>What is wrong with a profile: nodes elsewhere, or none on the provider asked for. Null where nothing is.</summary>
    public static string? Fault(ReadOnlyMemory<byte> profile, ProviderSetup setup)
    {
        IReadOnlyDictionary<string, int> nodes = Count(profile);
        string[] strangers = [.. nodes.Keys.Where(name => name != setup.Provider && !setup.Helpers.Contains(name))];
        if (nodes.ContainsKey(setup.Provider) && strangers.Length == 0)
            return null;
        string found = nodes.Count == 0 ? "none" : string.Join(", ", nodes.Select(node => $"{node.Value} on {node.Key}"));
        return $"the model's nodes did not all run on {setup.Provider}; found {found}";
    }
}
