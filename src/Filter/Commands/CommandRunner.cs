using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Commands;

/// <summary>Runs a parsed command line and turns every outcome into an exit code and at most one line on stderr.</summary>
public static class CommandRunner
{
    private const string TraceVariable = "REALTIME_TRACE";

    /// <summary>Makes the root of a program's commands. It is named as the user calls it, so that every usage line can be copied.</summary>
    public static Command Root(string description) => new("./realtime", description) { new HelpOption(), new VersionOption() };

    /// <summary>Parses <paramref name="args"/> against <paramref name="root"/> and runs the command they name.</summary>
    /// <remarks>
    /// A command that can be interrupted sets its action with a <see cref="CancellationToken"/>; the token is cancelled by Ctrl-C and
    /// SIGTERM. Commands without one are ended by the signal itself.
    /// </remarks>
    /// <returns>The process exit code, see <see cref="ExitCode"/>.</returns>
    public static int Run(Command root, string[] args)
    {
        ArgumentNullException.ThrowIfNull(root);
        (ParseResult? parsed, IReadOnlyList<string> errors) = Parse(root, args);
        if (parsed is null || errors.Count > 0)
        {
            foreach (string error in errors)
                Console.Error.WriteLine($"realtime: {error}");
            Console.Error.WriteLine($"realtime: see {(parsed is null ? root.Name : Path(parsed.CommandResult))} --help");
            return (int)ExitCode.Usage;
        }

        InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        if (parsed.Action is not AsynchronousCommandLineAction)
            return Guarded(() => parsed.Invoke(configuration), signals: null);

        using SignalScope signals = new();
        return Guarded(() => parsed.InvokeAsync(configuration, signals.Token).GetAwaiter().GetResult(), signals);
    }

    /// <summary>Parses a command line; what is wrong with it comes as errors, whatever it is.</summary>
    internal static (ParseResult? Parsed, IReadOnlyList<string> Errors) Parse(Command root, string[] args)
    {
        try
        {
            ParseResult parsed = root.Parse(args);
            return (parsed, [.. parsed.Errors.Select(error => error.Message)]);
        }
        catch (InvalidOperationException error)
        {
            // A validator of a whole command that asks for an option given twice gets this instead of the parser's own error.
            return (null, [error.Message]);
        }
    }

    // As it is typed: "./realtime train classifier".
    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : result.Command.Name;

    private static int Guarded(Func<int> command, SignalScope? signals)
    {
        try
        {
            return command();
        }
        catch (Exception error) when (signals?.Received is not null || error is OperationCanceledException)
        {
            // Whatever broke after a signal broke because of it: the signal also reaches the ffmpeg processes, which may tell of it first.
            Console.Error.WriteLine($"realtime: {(error as InterruptedException)?.Message ?? "interrupted; nothing was left under the final name."}");
            return (int)(signals?.Received ?? ExitCode.Interrupted);
        }
        catch (UserErrorException error)
        {
            Console.Error.WriteLine($"realtime: {error.Message}");
            Trace(error);
            return (int)error.ExitCode;
        }
        catch (Exception error)
        {
            Console.Error.WriteLine($"realtime: internal error, {error.GetType().Name}: {error.Message} ({TraceVariable}=1 shows where)");
            Trace(error);
            return (int)ExitCode.Failed;
        }
    }

    private static void Trace(Exception error)
    {
        if (Environment.GetEnvironmentVariable(TraceVariable) == "1")
            Console.Error.WriteLine(error);
    }
}
