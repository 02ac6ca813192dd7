using System.Diagnostics;
using Realtime.Viewer.Live;
using Realtime.Viewer.Panes;

namespace Realtime.Viewer.Tests.Overlay;

/// <summary>Frames and panes to draw the head-up display for.</summary>
internal static class Scenes
{
    public static ShownFrame Frame(int truth = 3, int width = 64, int height = 36)
    {
        ShownFrame frame = new(width, height) { Id = 1234, Time = 41.1, IsPurified = true, TrueLabel = truth, Alarm = true };
        Tell(frame.OfRaw, 3, ("dodecahedron", 0.973f), ("icosahedron", 0.021f), ("sphere", 0.004f));
        Tell(frame.OfAttacked, 7, ("torus", 0.887f), ("dodecahedron", 0.094f), ("cone", 0.011f));
        Tell(frame.OfPurified, 3, ("dodecahedron", 0.912f), ("icosahedron", 0.061f), ("cube", 0.014f));
        LiveStatistics statistics = frame.Statistics;
        statistics.PipelineFps = 24.03;
        statistics.RenderFps = 59.94;
        statistics.LatencyP50 = 41.2;
        statistics.LatencyP99 = 187.4;
        statistics.AnswerP50 = 14.6;
        statistics.AnswerP99 = 38.1;
        statistics.DroppedLate = 12;
        statistics.Unpurified = 3;
        statistics.PsnrAttacked = 31.2;
        statistics.PsnrPurified = 33.9;
        (statistics.AlarmScore, statistics.AlarmThreshold) = (0.97, 0.91);
        statistics.AttackAge = 135;
        statistics.AttackFps = 7.4;
        statistics.HistoryAt = 17;
        for (int i = 0; i < LiveStatistics.History; i++)
        {
            statistics.Attack[i] = 130 + (25 * MathF.Sin(i * 0.21f)) + (i % 17 == 0 ? 40 : 0);
            statistics.Purify[i] = 27 + (4 * MathF.Sin(i * 0.4f)) + (i % 31 == 0 ? 12 : 0);
            statistics.Classify[i] = 1.2f + (0.3f * MathF.Cos(i * 0.8f));
            statistics.Render[i] = 6 + (3 * MathF.Sin(i * 0.13f) * MathF.Sin(i * 1.7f));
        }
        return frame;
    }

    public static ViewState State() => new() { Source = "solids", Model = "maep-solids", Classifier = "solids", Device = "Vulkan: llvmpipe (LLVM 15)", Duration = 61.7 };

    public static void Note(ViewState state, string note)
    {
        state.Note = note;
        state.NoteUntil = Stopwatch.GetTimestamp() + (60 * Stopwatch.Frequency);
    }

    public static Pane[] Arrange(ViewState state, PaneLayout layout, int width, int height)
    {
        Pane[] panes = new Pane[PaneArranger.Most];
        return panes[..PaneArranger.Arrange(state, layout, width, height, panes)];
    }

    private static void Tell(Verdict verdict, int best, params (string Label, float Confidence)[] labels)
    {
        verdict.Best = best;
        for (int i = 0; i < labels.Length; i++)
            (verdict.Labels[i], verdict.Confidences[i]) = labels[i];
    }
}
