using Realtime.Filter.Errors;

namespace Realtime.Viewer.App;

/// <summary><c>view</c>: opens the window and draws until it closes.</summary>
internal sealed class WindowRun(ViewSettings settings)
{
    /// <summary>Runs until the window closes.</summary>
    public ExitCode Execute(CancellationToken cancellation)
    {
        using WindowSession session = new(settings);
        WindowReport report = new(session);
        while (!session.IsOver && session.Painter.FramesShown < settings.Frames && report.Seconds < settings.Duration)
        {
            cancellation.ThrowIfCancellationRequested();
            session.Turn();
            report.Look();
        }

        if (settings.Report is string json)
            Screenshot.SavePart(json, path => File.WriteAllText(path, report.ToJson()));

        return ExitCode.Ok;
    }
}
