using System.ComponentModel;
using System.Diagnostics;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Video;

/// <summary>Which ends of an ffmpeg child are ours.</summary>
[Flags]
internal enum ChildPipes
{
    None = 0,

    /// <summary>We write its standard input.</summary>
    Input = 1,

    /// <summary>We read its standard output.</summary>
    Output = 2,
}

/// <summary>
/// One running ffmpeg or ffprobe. Disposing it ends it. Its standard error is always drained; the last lines are kept for messages.
/// </summary>
/// <remarks>
/// FFMpegCore makes the command line, but the process is run here, because FFMpegCore closes its pipe the moment ffmpeg exits: whatever
/// the reader had not yet taken, the last frames, would be lost. Here the pipe is read to its end first. A child gets one pipe that
/// the calling thread serves, never two, so that no two sides can wait for each other.
/// </remarks>
internal sealed class FFmpegProcess : IDisposable
{
    private const int KeptLines = 40;
    private const string SessionLeader = "setsid";   // of util-linux; it becomes the program
    private const int InterruptedExitCode = 255;   // ffmpeg's own, after SIGINT or SIGTERM

    private readonly Process process;
    private readonly ChildPipes pipes;
    private readonly Queue<string> errors = new(KeptLines);
    private readonly Func<string, string>? hide;
    private readonly Func<string, bool>? isAnswer;
    private CancellationToken watched;
    private CancellationTokenRegistration registration;

    /// <summary>Starts the program.</summary>
    /// <param name="program">Its path, or a name to look up on PATH.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="pipes">The ends that are ours.</param>
    /// <param name="hide">Blots out secrets in what the child says; null where it knows none.</param>
    /// <param name="ownSession">Keeps a Ctrl-C of the terminal, which goes to all its processes, from the child: what it works on shall be finished.</param>
    /// <param name="isAnswer">Called with each line of the child's standard error, as it comes, one at a time; true where it is no error, and not kept as one.</param>
    /// <exception cref="UserErrorException">The program is not installed.</exception>
    public FFmpegProcess(string program, string arguments, ChildPipes pipes, Func<string, string>? hide = null, bool ownSession = false, Func<string, bool>? isAnswer = null)
    {
        this.pipes = pipes;
        this.hide = hide;
        this.isAnswer = isAnswer;
        process = new Process
        {
            StartInfo = new ProcessStartInfo(ownSession ? SessionLeader : program, ownSession ? $"{FFmpegTool.Quote(program)} {arguments}" : arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = pipes.HasFlag(ChildPipes.Input),
                RedirectStandardOutput = pipes.HasFlag(ChildPipes.Output),
                RedirectStandardError = true,
            },
        };
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            process.Dispose();
            string name = Path.GetFileName(program);
            throw new UserErrorException(ExitCode.Failed, $"{name} was not found on PATH. Install it: apt-get install ffmpeg", error);
        }

        if (pipes.HasFlag(ChildPipes.Input))
            PipeSize.Enlarge(Input);
        if (pipes.HasFlag(ChildPipes.Output))
            PipeSize.Enlarge(Output);
        process.BeginErrorReadLine();
    }

    /// <summary>The child's process id.</summary>
    public int Id => process.Id;

    /// <summary>The child's standard input.</summary>
    public Stream Input => process.StandardInput.BaseStream;

    /// <summary>The child's standard output.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>The last lines of the child's standard error; complete after <see cref="Wait"/>.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (errors)
                return [.. errors];
        }
    }

    /// <summary>The child was stopped by a signal: Ctrl-C goes to every process of the terminal, so that the child may hear it first. Valid after <see cref="Wait"/>.</summary>
    public bool WasInterrupted => process.ExitCode == InterruptedExitCode;

    /// <summary>Runs a program to its end and returns what it wrote on standard output.</summary>
    public static string Run(string program, string arguments, out FFmpegResult result, CancellationToken cancellation = default)
    {
        using FFmpegProcess child = new(program, arguments, ChildPipes.Output);
        child.KillOn(cancellation);
        string text = child.ReadToEnd();
        int exitCode = child.Wait();
        cancellation.ThrowIfCancellationRequested();
        result = new FFmpegResult(exitCode, child.Errors);
        return text;
    }

    /// <summary>Everything that the child writes on its standard output, as text.</summary>
    public string ReadToEnd() => process.StandardOutput.ReadToEnd();

    /// <summary>Ends the child when <paramref name="cancellation"/> fires, which also wakes a thread that waits in a pipe.</summary>
    public void KillOn(CancellationToken cancellation)
    {
        if (cancellation == watched)
            return;
        registration.Dispose();
        watched = cancellation;
        registration = cancellation.UnsafeRegister(static child => ((FFmpegProcess)child!).Kill(), this);
    }

    /// <summary>Waits until the child has ended and its standard error is drained.</summary>
    /// <returns>Its exit code.</returns>
    public int Wait()
    {
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        registration.Dispose();
        Kill();
        process.WaitForExit();
        // Process leaves open what its user has had in his hands: a run that reconnects for weeks would come to its last file handle.
        if (pipes.HasFlag(ChildPipes.Input))
            Input.Dispose();
        if (pipes.HasFlag(ChildPipes.Output))
            Output.Dispose();
        process.Dispose();
    }

    /// <summary>Ends the child at once; safe from any thread, until it is disposed.</summary>
    public void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself, which is what was wanted.
        }
    }

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line) || isAnswer?.Invoke(line) == true)
            return;
        lock (errors)
        {
            if (errors.Count == KeptLines)
                errors.Dequeue();
            errors.Enqueue(hide is null ? line.Trim() : hide(line.Trim()));
        }
    }
}
