namespace Realtime.Filter.Serve.Configuration;

/// <summary>A stream of a configuration, as it is written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Place">Where the name stands.</param>
/// <param name="Settings">Its own settings.</param>
internal sealed record StreamSection(string Name, Place Place, IReadOnlyList<Setting> Settings);
