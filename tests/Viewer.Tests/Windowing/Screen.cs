using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Realtime.Viewer.Tests.Windowing;

/// <summary>A screen of our own: an X server that draws into memory (Xvfb), for all the tests that open windows. DISPLAY names it.</summary>
public sealed partial class Screen : IDisposable
{
    public const int Width = 1280;
    public const int Height = 1024;

    private readonly Process? server;
    private readonly string? before = Environment.GetEnvironmentVariable("DISPLAY");

    public Screen()
    {
        // With -displayfd the server looks for a free number itself, and writes it when it is ready.
        ProcessStartInfo start = new("Xvfb", ["-displayfd", "1", "-screen", "0", $"{Width}x{Height}x24", "-nolisten", "tcp", "-noreset"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            server = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Missing = "there is no Xvfb (Debian: xvfb)";
            return;
        }

        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        string? number = server.StandardOutput.ReadLine();
        if (!int.TryParse(number, CultureInfo.InvariantCulture, out int display))
        {
            Missing = "Xvfb did not start";
            return;
        }

        Name = $":{display}";
        Use(Name);
    }

    /// <summary>What DISPLAY says.</summary>
    public string Name { get; } = "";

    /// <summary>Why there is no screen; null where there is one.</summary>
    public string? Missing { get; }

    public void Dispose()
    {
        Use(before);
        if (server is null)
            return;
        if (!server.HasExited)
            server.Kill();
        server.WaitForExit();
        server.Dispose();
    }

    // .NET has a copy of the environment; libraries read the original.
    private static void Use(string? display)
    {
        Environment.SetEnvironmentVariable("DISPLAY", display);
        _ = display is null ? UnsetVariable("DISPLAY") : SetVariable("DISPLAY", display, 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnsetVariable(string name);
}
