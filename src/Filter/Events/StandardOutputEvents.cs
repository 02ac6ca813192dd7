using Microsoft.Win32.SafeHandles;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Events;

/// <summary>Events on standard output. When nobody reads it any more, the run ends.</summary>
internal sealed class StandardOutputEvents : IEventWriter
{
    private const int Descriptor = 1;

    private readonly Stream output = Open();

    public string Name => EventWriters.StandardOutput;

    public EventCounts Counts { get; } = new();

    /// <exception cref="UserErrorException">Standard output was closed (failed).</exception>
    public void Write(ReadOnlySpan<byte> line)
    {
        try
        {
            output.Write(line);
            Counts.Deliver();
        }
        catch (IOException error)
        {
            throw new UserErrorException(ExitCode.Failed, $"events cannot be written to standard output any more: {error.Message}", error);
        }
    }

    public void Dispose() => output.Dispose();

    // The console's stream swallows that the reader of a pipe is gone; a file stream keeps the place in a file to itself, away from who else writes there.
    private static Stream Open()
    {
        FileStream stream = new(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }
}
