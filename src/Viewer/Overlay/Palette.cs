using Realtime.Viewer.Panes;

namespace Realtime.Viewer.Overlay;

/// <summary>The colours of the head-up display.</summary>
internal static class Palette
{
    public static readonly Tint Card = new(13, 16, 22, 224);
    public static readonly Tint Rim = new(255, 255, 255, 22);
    public static readonly Tint Scrim = new(6, 8, 12, 150);
    public static readonly Tint Track = new(255, 255, 255, 18);
    public static readonly Tint White = new(238, 241, 246);
    public static readonly Tint Dim = new(174, 183, 197);
    public static readonly Tint Dark = new(18, 20, 26);
    public static readonly Tint Raw = new(140, 168, 205);
    public static readonly Tint Attacked = new(255, 122, 66);
    public static readonly Tint Purified = new(45, 200, 184);
    public static readonly Tint Difference = new(176, 148, 255);
    public static readonly Tint Right = new(82, 210, 130);
    public static readonly Tint Wrong = new(255, 84, 84);
    public static readonly Tint Alarm = new(222, 48, 56, 238);
    public static readonly Tint Amber = new(255, 190, 70, 238);
    public static readonly Tint Off = new(86, 94, 108, 238);

    /// <summary>The accent of a pane.</summary>
    public static Tint Of(PanePicture picture) => picture switch
    {
        PanePicture.Raw => Raw,
        PanePicture.Attacked => Attacked,
        PanePicture.Purified => Purified,
        PanePicture.Difference => Difference,
        _ => White,
    };
}
