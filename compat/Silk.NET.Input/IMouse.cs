using System.Numerics;

namespace Silk.NET.Input;

/// <summary>A mouse. Positions are in screen coordinates from the window's upper left corner.</summary>
public interface IMouse : IInputDevice
{
    event Action<IMouse, MouseButton>? MouseDown;

    event Action<IMouse, MouseButton>? MouseUp;

    event Action<IMouse, Vector2>? MouseMove;

    event Action<IMouse, ScrollWheel>? Scroll;

    Vector2 Position { get; set; }

    ICursor Cursor { get; }

    bool IsButtonPressed(MouseButton btn);
}
