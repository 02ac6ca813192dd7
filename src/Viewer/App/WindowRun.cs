using Realtime.Filter.Errors;

namespace Realtime.Viewer.App;

/// <summary><c>view</c>: opens the window and draws until it closes.</summary>
internal sealed class WindowRun(ViewSettings settings)
{
    /// <summary>Runs until the window closes.</summary>
    public ExitCode Execute(CancellationToken cancellation)
    {
        using WindowSession session = new(settings);
        while (!session.IsOver && session.Painter.FramesShown < settings.Frames)
        {
            cancellation.ThrowIfCancellationRequested();
            session.Turn();
        }

        return ExitCode.Ok;
    }
}
