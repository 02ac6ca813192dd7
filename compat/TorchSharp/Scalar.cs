namespace TorchSharp;

public sealed class Scalar
{
    private Scalar(double real, long integer, bool isInteger)
    {
        Real = real;
        Integer = integer;
        IsInteger = isInteger;
    }

    internal double Real { get; }

    internal long Integer { get; }

    internal bool IsInteger { get; }

    public static implicit operator Scalar(int value) => new(value, value, true);

    public static implicit operator Scalar(long value) => new(value, value, true);

    public static implicit operator Scalar(float value) => new(value, 0, false);

    public static implicit operator Scalar(double value) => new(value, 0, false);
}
