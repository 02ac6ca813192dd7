using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Realtime.Filter.Commands;

/// <summary>Checks of option values that several commands make, with the words of their errors.</summary>
public static class OptionChecks
{
    /// <summary>Refuses numbers below <paramref name="least"/>, and those that are none (NaN).</summary>
    public static void RequireAtLeast<T>(this Option<T> option, double least) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out double value) && !(value >= least))
            result.AddError($"{option.Name} must be at least {least}, found {value}.");
    });

    /// <summary>Refuses numbers outside [<paramref name="least"/>, <paramref name="most"/>], and those that are none (NaN).</summary>
    public static void RequireWithin<T>(this Option<T> option, double least, double most) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out double value) && !(value >= least && value <= most))
            result.AddError($"{option.Name} must be from {least} to {most}, found {value}.");
    });

    /// <summary>Refuses values without a key before their first '='.</summary>
    public static void RequireKeyAndValue(this Option<string[]> option) => option.Validators.Add(result =>
    {
        foreach (Token token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            result.AddError($"{option.Name} takes key=value, found '{token.Value}'.");
    });
}
