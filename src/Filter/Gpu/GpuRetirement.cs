using System.Diagnostics.CodeAnalysis;

namespace Realtime.Filter.Gpu;

/// <summary>Resources that wait for the submissions made before they were retired. First in, first out; as long as what was created.</summary>
internal sealed class GpuRetirement
{
    private readonly Lock gate = new();
    private readonly Queue<(IDisposable Resource, GpuWait Compute, GpuWait Transfer)> retired = new();

    public void Add(IDisposable resource, GpuQueue compute, GpuQueue transfer)
    {
        lock (gate)
            retired.Enqueue((resource, new GpuWait(compute, compute.LastSubmitted), new GpuWait(transfer, transfer.LastSubmitted)));
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
            if (!retired.TryPeek(out (IDisposable Resource, GpuWait Compute, GpuWait Transfer) first))
                return false;
            if (!all && !(first.Compute.Queue.IsComplete(first.Compute.Value) && first.Transfer.Queue.IsComplete(first.Transfer.Value)))
                return false;
            resource = retired.Dequeue().Resource;
            return true;
        }
    }
}
