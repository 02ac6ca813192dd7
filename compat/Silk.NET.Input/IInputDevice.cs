namespace Silk.NET.Input;

/// <summary>A keyboard, a mouse, or the like.</summary>
public interface IInputDevice
{
    string Name { get; }

    int Index { get; }

    bool IsConnected { get; }
}
