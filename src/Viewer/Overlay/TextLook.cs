namespace Realtime.Viewer.Overlay;

/// <summary>How text is drawn.</summary>
[Flags]
internal enum TextLook
{
    Plain = 0,

    /// <summary>The bold face.</summary>
    Bold = 1,

    /// <summary>With a dark outline, readable over any picture.</summary>
    Halo = 2,
}
