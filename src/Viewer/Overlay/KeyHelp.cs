namespace Realtime.Viewer.Overlay;

/// <summary>A key and what it does.</summary>
/// <param name="Key">As on the keyboard.</param>
/// <param name="What">In a few words.</param>
internal readonly record struct KeyHelp(string Key, string What)
{
    /// <summary>All keys; <see cref="Short"/> of them come first.</summary>
    public static readonly KeyHelp[] All =
    [
        new("Space", "pause"),
        new(".", "one frame on"),
        new("← →", "5 s back, on"),
        new("↓ ↑", "1 min back, on"),
        new("Home", "to the start"),
        new("A", "attack on, off"),
        new("1-5", "kind of attack"),
        new("+ -", "ε up, down"),
        new("[ ]", "attack steps"),
        new("P", "purifier on, off"),
        new("M", "next model"),
        new("G", "next device"),
        new("D", "difference"),
        new("W", "wipe"),
        new("Z X", "zoom, or wheel"),
        new("Shift", "+ ←→↑↓ moves view"),
        new("I", "overlay pages"),
        new("Tab", "layout"),
        new("S", "screenshot"),
        new("R", "record"),
        new("F", "fullscreen"),
        new("H", "this help"),
        new("Q", "quit"),
    ];

    /// <summary>How many of them the overlay's third page lists.</summary>
    public const int Short = 10;
}
