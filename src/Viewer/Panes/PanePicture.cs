namespace Realtime.Viewer.Panes;

/// <summary>What a pane shows; the numbers are those of compose.comp.</summary>
internal enum PanePicture
{
    /// <summary>As decoded.</summary>
    Raw = 0,

    /// <summary>With the perturbation.</summary>
    Attacked = 1,

    /// <summary>Purified.</summary>
    Purified = 2,

    /// <summary>What the attacker added or the purifier took away: amplified, around grey.</summary>
    Difference = 3,

    /// <summary>Attacked on the left of a line, purified on its right.</summary>
    Wipe = 4,
}
