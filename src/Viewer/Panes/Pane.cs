namespace Realtime.Viewer.Panes;

/// <summary>A rectangle of the window and the picture in it.</summary>
/// <param name="Picture">What it shows.</param>
/// <param name="X">Left edge in window pixels.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
internal readonly record struct Pane(PanePicture Picture, int X, int Y, int Width, int Height);
