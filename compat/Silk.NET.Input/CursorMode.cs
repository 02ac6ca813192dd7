namespace Silk.NET.Input;

/// <summary>Whether the pointer is seen.</summary>
public enum CursorMode
{
    Normal,
    Hidden,
    Disabled,
}
