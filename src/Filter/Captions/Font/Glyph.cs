namespace Realtime.Filter.Captions.Font;

/// <summary>A glyph as pixels of one size: how much of each is ink, and how much is within the halo around the ink.</summary>
/// <param name="Left">First column with anything, from the pen.</param>
/// <param name="Top">First row with anything, from the top of the line.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Ink">[Height, Width], 0..255.</param>
/// <param name="Halo">[Height, Width], 0..255.</param>
internal sealed record Glyph(int Left, int Top, int Width, int Height, byte[] Ink, byte[] Halo);
