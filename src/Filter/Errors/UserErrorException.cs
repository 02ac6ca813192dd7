namespace Realtime.Filter.Errors;

/// <summary>
/// A mistake or a circumstance that the user can mend. Its message names the file or value, what is wrong and the fix;
/// the program prints it as one line, without a stack trace, and ends with <see cref="ExitCode"/>.
/// </summary>
public sealed class UserErrorException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="exitCode">The exit code of the program, one of <see cref="Errors.ExitCode"/>.</param>
    /// <param name="message">What was wrong, with the value found, and what to do.</param>
    /// <param name="inner">The failure underneath, for the debug log.</param>
    public UserErrorException(ExitCode exitCode, string message, Exception? inner = null)
        : base(message, inner)
    {
        ExitCode = exitCode;
    }

    /// <summary>How the program ends.</summary>
    public ExitCode ExitCode { get; }
}
