namespace Realtime.Filter.Purifiers;

/// <summary>A stage that lets frames pass unpurified rather than stop the stream, and says why.</summary>
public interface IReportsFailures
{
    /// <summary>Why the first frame that failed did; null while all went well.</summary>
    string? FirstFailure { get; }
}
