namespace Realtime.Viewer.Overlay;

/// <summary>Pieces of the head-up display.</summary>
internal enum HudPieceKind
{
    Card,
    Badges,
    Page,
    Help,
    State,
    Foot,
}
