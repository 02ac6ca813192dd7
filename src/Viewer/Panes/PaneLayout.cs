namespace Realtime.Viewer.Panes;

/// <summary>How the panes share the window.</summary>
internal enum PaneLayout
{
    /// <summary>By the window's shape: wide windows side by side, tall ones stacked.</summary>
    Automatic,

    /// <summary>In a row.</summary>
    SideBySide,

    /// <summary>One above the other.</summary>
    Stacked,

    /// <summary>The purified picture alone, or the wipe.</summary>
    Single,
}
