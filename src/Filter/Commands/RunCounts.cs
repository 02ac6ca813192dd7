using Realtime.Filter.Tiles;

namespace Realtime.Filter.Commands;

/// <summary>How far a run is.</summary>
/// <param name="Frames">Frames done.</param>
/// <param name="Unpurified">Those passed through marked.</param>
/// <param name="Tiles">Their tiles, where tiles may be reused.</param>
internal readonly record struct RunCounts(long Frames, long Unpurified, TileCounts? Tiles = null);
