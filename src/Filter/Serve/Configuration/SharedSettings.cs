using System.Net;
using Realtime.Filter.Commands;
using Realtime.Filter.Devices;

namespace Realtime.Filter.Serve.Configuration;

/// <summary>What all streams share.</summary>
/// <param name="Model">Name or file of the purifier.</param>
/// <param name="Overlap">See <see cref="Tiles.TileGrid"/>.</param>
/// <param name="Device">What it runs on.</param>
/// <param name="Precision">What it computes in.</param>
/// <param name="Threads">Cores for inference; null is all of them.</param>
/// <param name="Batch">The most tiles purified at once.</param>
/// <param name="Endpoint">Where metrics and health can be asked for; null for nowhere.</param>
/// <param name="HealthLimit">The longest time without a frame that is healthy.</param>
/// <param name="LogLevel">How much is told on stderr.</param>
internal sealed record SharedSettings(
    string Model,
    int Overlap,
    DeviceChoice Device,
    Precision Precision,
    int? Threads,
    int Batch,
    IPEndPoint? Endpoint,
    TimeSpan HealthLimit,
    LogLevel LogLevel);
