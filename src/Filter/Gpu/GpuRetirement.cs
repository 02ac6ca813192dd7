using System.Diagnostics.CodeAnalysis;

namespace Realtime.Filter.Gpu;

/// <summary>Resources that wait for the submissions made before they were retired. First in, first out; as long as what was created.</summary>
internal sealed class GpuRetirement
{
    private readonly Lock gate = new();
    private readonly Queue<(IDisposable Resource, GpuWait Compute, GpuWait Transfer, GpuWait Display)> retired = new();

    public void Add(IDisposable resource, GpuQueue compute, GpuQueue transfer, GpuQueue display)
    {
        lock (gate)
            retired.Enqueue((resource, Now(compute), Now(transfer), Now(display)));
    }

    /// <summary>Destroys what nothing on the device uses any more.</summary>
    /// <param name="all">The device is idle: destroys everything.</param>
    public void Destroy(bool all)
    {
        while (TryTake(all, out IDisposable? resource))
            resource.Dispose();
    }

    private bool TryTake(bool all, [NotNullWhen(true)] out IDisposable? resource)
    {
        lock (gate)
        {
            resource = null;
            if (!retired.TryPeek(out (IDisposable Resource, GpuWait Compute, GpuWait Transfer, GpuWait Display) first))
                return false;
            if (!all && !(IsOver(first.Compute) && IsOver(first.Transfer) && IsOver(first.Display)))
                return false;
            resource = retired.Dequeue().Resource;
            return true;
        }
    }

    private static GpuWait Now(GpuQueue queue) => new(queue, queue.LastSubmitted);

    private static bool IsOver(GpuWait wait) => wait.Queue.IsComplete(wait.Value);
}
