namespace Realtime.Filter.Gpu;

/// <summary>Faults that a test asks for, to walk the ways out of them. Nothing but tests sets them.</summary>
internal sealed class GpuFaults
{
    private int submitsLeft;
    private int allocationsLeft;

    /// <summary>The n-th submission from now (1 = the next) reports a lost device; 0 = none.</summary>
    public int LoseDeviceAtSubmit
    {
        set => Volatile.Write(ref submitsLeft, value);
    }

    /// <summary>The n-th memory allocation from now (1 = the next buffer) reports out of device memory; 0 = none.</summary>
    public int FailAllocation
    {
        set => Volatile.Write(ref allocationsLeft, value);
    }

    public bool IsSubmitLost() => Falls(ref submitsLeft);

    public bool IsAllocationRefused() => Falls(ref allocationsLeft);

    private static bool Falls(ref int left) => Volatile.Read(ref left) > 0 && Interlocked.Decrement(ref left) == 0;
}
