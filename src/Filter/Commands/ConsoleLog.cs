namespace Realtime.Filter.Commands;

/// <summary>Lines on stderr, each headed "realtime:", up to a level.</summary>
/// <param name="level">The least important level that is still printed.</param>
/// <param name="stream">The stream that the lines are about, where there are several; it stands before them.</param>
public sealed class ConsoleLog(LogLevel level, string? stream = null)
{
    private readonly string head = stream is null ? "realtime:" : $"realtime: {stream}:";

    /// <summary>Prints <paramref name="message"/> if <paramref name="importance"/> is within the level.</summary>
    public void Write(LogLevel importance, string message)
    {
        if (importance <= level)
            Console.Error.WriteLine($"{head} {message}");
    }
}
