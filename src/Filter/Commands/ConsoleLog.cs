namespace Realtime.Filter.Commands;

/// <summary>Lines on stderr, each headed "realtime:", up to a level.</summary>
/// <param name="level">The least important level that is still printed.</param>
public sealed class ConsoleLog(LogLevel level)
{
    /// <summary>Prints <paramref name="message"/> if <paramref name="importance"/> is within the level.</summary>
    public void Write(LogLevel importance, string message)
    {
        if (importance <= level)
            Console.Error.WriteLine($"realtime: {message}");
    }
}
