using System.Diagnostics;
using System.Text.Json;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Realtime.Viewer.Tests.App;

public sealed class HeadlessRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("realtime-view-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SkippableFact]
    public void A_headless_run_attacks_purifies_judges_and_draws_without_a_display()
    {
        string png = Path.Combine(folder, "view.png"), json = Path.Combine(folder, "view.json");
        (int code, string errors) = Run("--headless", "--frames", "3", "--size", "640x360", "--screenshot", png, "--report", json);
        Skip.If(code == 4, errors);
        Assert.True(code == 0, errors);

        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal(3, report.RootElement.GetProperty("framesSeen").GetInt64());
        Assert.Equal(2, report.RootElement.GetProperty("lastFrame").GetInt64());
        Assert.Equal(3, report.RootElement.GetProperty("framesWithKnownClass").GetInt64());
        Assert.Equal(1, report.RootElement.GetProperty("accuracyRaw").GetDouble());
        Assert.Equal(0, report.RootElement.GetProperty("accuracyAttacked").GetDouble());
        Assert.InRange(report.RootElement.GetProperty("psnrAttacked").GetDouble(), 30, 36);
        Assert.Equal(0, report.RootElement.GetProperty("unpurified").GetInt64());
        // Every frame is flagged; the alarm needs more of them.
        Assert.Equal("calibrated score", report.RootElement.GetProperty("alarmRule").GetString());
        Assert.Equal(3, report.RootElement.GetProperty("framesFlagged").GetInt64());
        Assert.Equal(0, report.RootElement.GetProperty("alarms").GetInt64());

        using Image<Rgb24> picture = Image.Load<Rgb24>(png);
        Assert.Equal((640, 360), (picture.Width, picture.Height));
        byte[] pixels = new byte[640 * 360 * 3];
        picture.CopyPixelDataTo(pixels);
        // The three panes show the same scene: alike, but not the same.
        double noise = Difference(pixels, 60, 60 + 214), left = Difference(pixels, 60, 60 + 428);
        Assert.InRange(noise, 1, 20);
        Assert.InRange(left, 0.2, noise - 0.5);
        Assert.Equal(["view.json", "view.png"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("--eps 0", "--eps must be 1 to 64, found 0")]
    [InlineData("--attack poison", "--attack 'poison' is unknown; there are FGSM, PGD, MI-FGSM, noise, universal and none")]
    [InlineData("--size big", "--size 'big' is not WIDTHxHEIGHT")]
    [InlineData("--frames 0", "--frames must be at least 1, found 0")]
    [InlineData("--duration 0", "--duration must be above 0, found 0")]
    [InlineData("--device abacus", "--device 'abacus'")]
    public void Wrong_arguments_are_named(string arguments, string told)
    {
        (int code, string errors) = Run(["--headless", .. arguments.Split(' ')]);

        Assert.Equal(2, code);
        Assert.Contains(told, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_display_a_window_is_refused_in_one_line()
    {
        (int code, string errors) = Run();

        Assert.Equal(4, code);
        Assert.StartsWith("realtime: no window can be opened: ", errors, StringComparison.Ordinal);
    }

    // Mean difference between two columns of pixels, rows 90 to 230: within the pictures, above the cards.
    private static double Difference(byte[] pixels, int first, int second)
    {
        double sum = 0;
        int count = 0;
        for (int y = 90; y < 230; y++)
        {
            for (int x = 0; x < 100 * 3; x++, count++)
                sum += Math.Abs(pixels[(((y * 640) + first) * 3) + x] - pixels[(((y * 640) + second) * 3) + x]);
        }

        return sum / count;
    }

    private static (int Code, string Errors) Run(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Realtime.Viewer.dll"));
        start.ArgumentList.Add("view");
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Remove("DISPLAY");
        start.Environment.Remove("WAYLAND_DISPLAY");
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = process.StandardError.ReadToEnd();
        output.Wait();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }
}
