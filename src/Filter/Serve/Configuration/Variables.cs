using System.Text.RegularExpressions;

namespace Realtime.Filter.Serve.Configuration;

/// <summary>Puts the values of environment variables in the place of <c>${NAME}</c>, so that passwords need not stand in a file. <c>$${</c> stands for <c>${</c> itself.</summary>
internal static partial class Variables
{
    /// <summary>The name that stands for the stream's own, in its settings.</summary>
    public const string Stream = "STREAM";

    /// <summary>Puts in.</summary>
    /// <param name="text">As it is written.</param>
    /// <param name="value">The value of a variable, or null.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="key">Behind which key.</param>
    /// <exception cref="Errors.UserErrorException">A variable is not set, or what stands in the braces is no name (usage).</exception>
    public static string PutIn(string text, Func<string, string?> value, Place place, string key) => Reference().Replace(text, match => match.Value == "$${"
        ? "${"
        : !match.Groups[1].Success
            ? throw place.Error($"{key}: behind '${{' stands the name of an environment variable and '}}'; write $${{ for the two signs themselves.")
            : value(match.Groups[1].Value) ?? throw place.Error($"{key}: the environment variable {match.Groups[1].Value} is not set."));

    [GeneratedRegex(@"\$\$\{|\$\{(?:([A-Za-z_][A-Za-z0-9_]*)\})?")]
    private static partial Regex Reference();
}
