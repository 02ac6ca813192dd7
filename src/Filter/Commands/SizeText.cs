using System.Globalization;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Commands;

/// <summary>Sizes on the command line: WIDTHxHEIGHT.</summary>
internal static class SizeText
{
    /// <summary>Reads "1280x720".</summary>
    /// <param name="option">What it was given for, for the message.</param>
    /// <param name="text">The value.</param>
    /// <param name="least">The least of both sides.</param>
    /// <param name="most">The most of both sides.</param>
    /// <exception cref="UserErrorException">It is something else (<see cref="ExitCode.Usage"/>).</exception>
    public static (int Width, int Height) Parse(string option, string text, int least, int most)
    {
        string[] sides = text.Split('x');
        if (sides.Length == 2 && Side(sides[0]) is int width && Side(sides[1]) is int height)
            return (width, height);
        throw new UserErrorException(ExitCode.Usage, $"{option} '{text}' is not WIDTHxHEIGHT from {least}x{least} to {most}x{most}, such as 1280x720.");

        int? Side(string side) =>
            int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out int pixels) && pixels >= least && pixels <= most ? pixels : null;
    }
}
