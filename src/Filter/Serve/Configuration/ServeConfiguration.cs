namespace Realtime.Filter.Serve.Configuration;

/// <summary>A configuration of <c>serve</c>, checked.</summary>
/// <param name="Shared">What all streams share.</param>
/// <param name="SharedKeys">The same as keys and values, those of the environment and the command line included.</param>
/// <param name="Streams">The streams, in the order of the file.</param>
internal sealed record ServeConfiguration(SharedSettings Shared, IReadOnlyList<Setting> SharedKeys, IReadOnlyList<ServedStream> Streams)
{
    /// <summary>The keys of the top level that another configuration has otherwise.</summary>
    public IReadOnlyList<string> SharedDifferences(ServeConfiguration other) =>
        [.. ServeConfigurationReader.SharedSchema.Keys.Where(key => ValueOf(key) != other.ValueOf(key))];

    private string? ValueOf(string key) => SharedKeys.FirstOrDefault(setting => setting.Key == key)?.Values[0] ?? ServeConfigurationReader.SharedSchema.DefaultOf(key);
}
