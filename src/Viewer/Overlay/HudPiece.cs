namespace Realtime.Viewer.Overlay;

/// <summary>What is where in the last drawn head-up display.</summary>
/// <param name="Kind">The piece.</param>
/// <param name="Pane">Index of its pane; -1 where it belongs to the window.</param>
/// <param name="Area">Where.</param>
internal readonly record struct HudPiece(HudPieceKind Kind, int Pane, Box Area);
