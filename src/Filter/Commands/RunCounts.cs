using Realtime.Filter.Live;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Commands;

/// <summary>How far a run is.</summary>
/// <param name="Frames">Frames done.</param>
/// <param name="Unpurified">Those passed through marked.</param>
/// <param name="Tiles">Their tiles, where tiles may be reused.</param>
/// <param name="Live">What became of all frames of a live run; null for others, which drop none.</param>
internal readonly record struct RunCounts(long Frames, long Unpurified, TileCounts? Tiles = null, LiveCounts? Live = null);
