namespace Realtime.Filter.Batch;

/// <summary>An output was written, but is not what it should be.</summary>
/// <param name="path">The file.</param>
/// <param name="message">In what it differs.</param>
internal sealed class RejectedOutputException(string path, string message) : Exception(message)
{
    /// <summary>The file; it is kept under a name that nobody takes for a finished one.</summary>
    public string Path { get; } = path;
}
