namespace Silk.NET.Input;

/// <summary>A keyboard. Held keys do not repeat.</summary>
public interface IKeyboard : IInputDevice
{
    event Action<IKeyboard, Key, int>? KeyDown;

    event Action<IKeyboard, Key, int>? KeyUp;

    event Action<IKeyboard, char>? KeyChar;

    bool IsKeyPressed(Key key);
}
