namespace Realtime.Filter.Devices;

/// <summary>A session with the memory for one batch of a fixed number of tiles. Made, run and disposed on one thread.</summary>
internal interface IDeviceBatch : IDisposable
{
    /// <summary>Tiles in the batch, N.</summary>
    int Count { get; }

    /// <summary>[N, 3, S, S], to be filled before <see cref="Run"/>.</summary>
    Span<float> Tiles { get; }

    /// <summary>[N, 3, S, S], holds the result after <see cref="Run"/>.</summary>
    ReadOnlySpan<float> Purified { get; }

    /// <summary>Purifies the batch and returns when the result is there. Allocates nothing of ours.</summary>
    void Run();
}
