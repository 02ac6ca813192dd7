using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Realtime.Filter.Tests.Commands;

/// <summary>Runs the program as a user does: in a process of its own.</summary>
internal static partial class RealtimeProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs to the end.</summary>
    public static Outcome Run(params string[] arguments) => Run([], arguments);

    /// <summary>Runs to the end with some environment variables changed.</summary>
    public static Outcome Run(Dictionary<string, string> environment, params string[] arguments)
    {
        using Process process = Start(environment, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        return Finish(process, output, process.StandardError.ReadToEnd());
    }

    /// <summary>Runs as a filter between two pipes.</summary>
    /// <returns>The exit code, what came out, and stderr.</returns>
    public static (int ExitCode, byte[] Output, string Errors) Pipe(byte[] input, params string[] arguments)
    {
        using Process process = Start([], arguments, feeds: true);
        using MemoryStream output = new();
        Task copy = process.StandardOutput.BaseStream.CopyToAsync(output);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        Assert.True(Task.WaitAll([copy, errors], Patience), "the pipe never ended");
        Outcome outcome = Finish(process, Task.FromResult(""), errors.Result);
        return (outcome.ExitCode, output.ToArray(), outcome.Errors);
    }

    /// <summary>Runs, and sends a signal as soon as a line on stderr contains <paramref name="cue"/>.</summary>
    /// <param name="signal">SIGINT or SIGTERM.</param>
    /// <param name="toGroup">Whether ffmpeg gets it too, as from Ctrl-C in a terminal.</param>
    /// <param name="cue">What the line contains.</param>
    /// <param name="arguments">The command line.</param>
    public static Outcome RunAndSignal(PosixSignal signal, bool toGroup, string cue, params string[] arguments) =>
        RunAndSignal(signal, toGroup, line => line.Contains(cue, StringComparison.Ordinal), arguments);

    /// <summary>The same, with the signal at the first line that <paramref name="isCue"/> takes.</summary>
    public static Outcome RunAndSignal(PosixSignal signal, bool toGroup, Func<string, bool> isCue, params string[] arguments) =>
        RunAndSignal(process => Assert.Equal(0, Kill(toGroup ? -process.Id : process.Id, signal == PosixSignal.SIGINT ? 2 : 15)), isCue, arguments);

    /// <summary>The same, with whatever <paramref name="send"/> sends.</summary>
    public static Outcome RunAndSignal(Action<Process> send, Func<string, bool> isCue, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(send);
        ArgumentNullException.ThrowIfNull(isCue);
        using Process process = Start([], arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        List<string> errors = [];
        bool sent = false;
        while (process.StandardError.ReadLine() is string line)
        {
            errors.Add(line);
            if (!sent && isCue(line))
            {
                sent = true;
                send(process);
            }
        }

        Assert.True(sent, $"the cue never came: {string.Join('\n', errors)}");
        return Finish(process, output, string.Join('\n', errors));
    }

    /// <summary>Starts it; the caller reads stdout and stderr, and ends it.</summary>
    public static Process Start(Dictionary<string, string> environment, string[] arguments, bool feeds = false)
    {
        // The host that runs these tests, wherever it is installed: .../shared/Microsoft.NETCore.App/10.0.0/ -> .../dotnet
        string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        // setsid gives it a process group of its own, and env undoes signals that are ignored, as background jobs inherit SIGINT and those of nohup SIGHUP.
        string program = Path.Combine(AppContext.BaseDirectory, "Realtime.Filter.dll");
        ProcessStartInfo start = new("/usr/bin/setsid", ["/usr/bin/env", "--default-signal=HUP,INT,TERM", host, program, .. arguments])
        {
            RedirectStandardInput = feeds,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Sends a signal, by its number.</summary>
    public static void Signal(Process process, int signal) => Assert.Equal(0, Kill(process.Id, signal));

    private static Outcome Finish(Process process, Task<string> output, string errors)
    {
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"still running after {Patience}: {errors}");
        }

        return new Outcome(process.ExitCode, output.Result, errors);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    internal sealed record Outcome(int ExitCode, string Output, string Errors);
}
