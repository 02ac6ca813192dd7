namespace Realtime.Filter.Serve.Configuration;

/// <summary>A configuration as it is written: keys and values whose meaning nobody has looked at.</summary>
/// <param name="Shared">What all streams share.</param>
/// <param name="Defaults">What holds for every stream that says nothing else.</param>
/// <param name="Streams">The streams.</param>
internal sealed record ServeDocument(IReadOnlyList<Setting> Shared, IReadOnlyList<Setting> Defaults, IReadOnlyList<StreamSection> Streams)
{
    /// <summary>The key of the defaults.</summary>
    public const string DefaultsKey = "defaults";

    /// <summary>The key of the streams.</summary>
    public const string StreamsKey = "streams";
}
