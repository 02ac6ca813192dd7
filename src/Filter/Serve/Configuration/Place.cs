using System.Globalization;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Serve.Configuration;

/// <summary>Where something of a configuration stands: a place in its file, a variable of the environment, the command line.</summary>
/// <param name="Source">Name of the file or the variable.</param>
/// <param name="Line">From 1; 0 outside files.</param>
/// <param name="Column">From 1.</param>
internal readonly record struct Place(string Source, long Line = 0, long Column = 0)
{
    /// <summary>The error of what stands here.</summary>
    /// <param name="message">What is wrong and what is allowed.</param>
    /// <param name="code">How the program ends.</param>
    /// <param name="inner">The failure underneath.</param>
    public UserErrorException Error(string message, ExitCode code = ExitCode.Usage, Exception? inner = null) => new(code, $"{this}: {message}", inner);

    /// <summary>"serve.yaml:3:5", as editors and compilers have it.</summary>
    public override string ToString() => Line == 0 ? Source : string.Create(CultureInfo.InvariantCulture, $"{Source}:{Line}:{Column}");
}
