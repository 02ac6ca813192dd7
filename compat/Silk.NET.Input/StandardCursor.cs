namespace Silk.NET.Input;

/// <summary>A pointer that every system has.</summary>
public enum StandardCursor
{
    Default,
    Arrow,
    IBeam,
    Crosshair,
    Hand,
    HResize,
    VResize,
}
