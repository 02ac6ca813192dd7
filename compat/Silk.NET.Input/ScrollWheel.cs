namespace Silk.NET.Input;

/// <summary>How far a wheel was turned.</summary>
public readonly struct ScrollWheel(float x, float y)
{
    public float X { get; } = x;

    public float Y { get; } = y;
}
