namespace Silk.NET.Input;

/// <summary>How the mouse is shown.</summary>
public interface ICursor
{
    StandardCursor StandardCursor { get; set; }

    CursorMode CursorMode { get; set; }
}
