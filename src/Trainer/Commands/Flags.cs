using System.CommandLine;
using Realtime.Filter.Errors;

namespace Realtime.Trainer.Commands;

/// <summary>What several commands ask of their flags.</summary>
internal static class Flags
{
    /// <summary>Refuses flags that were given although what else was chosen does nothing with them.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="why">What follows the flag's name in the message: "is for --method lora".</param>
    /// <param name="flags">The flags.</param>
    /// <exception cref="UserErrorException">One of them is given (<see cref="ExitCode.Usage"/>).</exception>
    internal static void Refuse(ParseResult parsed, string why, params IEnumerable<Option> flags)
    {
        if (flags.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is Option given)
            throw new UserErrorException(ExitCode.Usage, $"{given.Name} {why}; leave it out.");
    }

    /// <summary>Refuses a number that is out of range.</summary>
    /// <param name="holds">Whether it is in range.</param>
    /// <param name="option">The flag.</param>
    /// <param name="range">The range in words: "at least 1".</param>
    /// <param name="found">The number.</param>
    /// <exception cref="UserErrorException">It is not (<see cref="ExitCode.Usage"/>).</exception>
    internal static void Require(bool holds, Option option, string range, IFormattable found)
    {
        if (!holds)
            throw new UserErrorException(ExitCode.Usage, FormattableString.Invariant($"{option.Name} must be {range}, found {found}."));
    }
}
