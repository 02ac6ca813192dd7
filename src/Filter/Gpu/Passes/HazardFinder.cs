namespace Realtime.Filter.Gpu.Passes;

/// <summary>
/// Finds where barriers must stand: before a pass that touches memory which an earlier pass, not yet behind a barrier, has written, or
/// that writes what such a pass reads. Memory counts, not names: transient resources may share it.
/// </summary>
internal static class HazardFinder
{
    /// <summary>For each pass, whether a barrier stands before it and for which stages it waits.</summary>
    public static (bool[] Barriers, GpuStage[] WaitFor) Find(IReadOnlyList<GpuPass> passes)
    {
        bool[] barriers = new bool[passes.Count];
        GpuStage[] waitFor = new GpuStage[passes.Count];
        List<(PassUse Use, GpuStage Stage)> pending = [];
        for (int i = 0; i < passes.Count; i++)
        {
            if (pending.Any(earlier => passes[i].Uses.Any(use => Conflict(earlier.Use, use))))
            {
                barriers[i] = true;
                foreach ((_, GpuStage stage) in pending)
                    waitFor[i] |= stage;
                pending.Clear();
            }

            pending.AddRange(passes[i].Uses.Select(use => (use, passes[i].Stage)));
        }

        return (barriers, waitFor);
    }

    private static bool Conflict(PassUse earlier, PassUse later) =>
        (earlier.Writes || later.Writes) && Overlap(earlier.Resource.Range, later.Resource.Range);

    private static bool Overlap(GpuBufferRange a, GpuBufferRange b) =>
        ReferenceEquals(a.Buffer, b.Buffer) && a.Offset < b.Offset + b.Size && b.Offset < a.Offset + a.Size;
}
