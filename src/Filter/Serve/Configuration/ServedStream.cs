using Realtime.Filter.Commands;

namespace Realtime.Filter.Serve.Configuration;

/// <summary>A stream of a configuration, with the defaults, checked.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Place">Where the name stands.</param>
/// <param name="Run">What a run of it does.</param>
/// <param name="TilesPerSecond">Its limit; null for none.</param>
/// <param name="Settings">The same as keys and values, with the defaults.</param>
internal sealed record ServedStream(string Name, Place Place, PurifySettings Run, double? TilesPerSecond, IReadOnlyList<Setting> Settings)
{
    /// <summary>Whether another stream of the same name is the same in all that it does.</summary>
    public bool IsSame(ServedStream other) => Text(Settings).SequenceEqual(Text(other.Settings));

    private static IEnumerable<string> Text(IReadOnlyList<Setting> settings) => settings.SelectMany(setting => setting.Values.Prepend(setting.Key));
}
