using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Realtime.Filter.Tests.Live;

/// <summary>Another program at the other end of a connection; killed when disposed.</summary>
internal sealed class Peer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Task<string> errors;

    public Peer(string program, string arguments)
    {
        process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>ffmpeg with errors only and no terminal.</summary>
    public static Peer FFmpeg(string arguments) => new("ffmpeg", $"-nostdin -v error -y {arguments}");

    /// <summary>A port of this machine that nobody has.</summary>
    public static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Waits until the program listens on a TCP port.</summary>
    public void WaitForPort(int port)
    {
        string listening = $":{port:X4} 00000000:0000 0A";
        Assert.True(
            SpinWait.SpinUntil(() => process.HasExited || File.ReadAllText("/proc/net/tcp").Contains(listening, StringComparison.Ordinal), Patience) && !process.HasExited,
            $"nothing listens on {port}");
    }

    /// <summary>Waits for its end.</summary>
    public void WaitForExit() => Assert.True(process.WaitForExit(Patience), "the peer never ended");

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        errors.Wait();
        process.Dispose();
    }
}
