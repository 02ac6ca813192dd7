namespace Realtime.Filter.Purifiers;

/// <summary>
/// These tiles could not be purified. The frame passes through marked and counted; the run goes on with the next one.
/// </summary>
public sealed class PurificationException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed, for the summary.</param>
    /// <param name="inner">The failure underneath.</param>
    public PurificationException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
