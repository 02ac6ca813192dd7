using Google.Protobuf;

namespace Realtime.Filter.Models.Onnx;

/// <summary>The protobuf steps that the readers share.</summary>
internal static class OnnxWire
{
    /// <summary>Reads the next tag; false at the end of the message.</summary>
    public static bool TryNext(CodedInputStream input, out int field) => TryNext(input, out field, out _);

    /// <summary>Reads the next tag; false at the end of the message.</summary>
    /// <param name="input">The message.</param>
    /// <param name="field">Number of the field that follows.</param>
    /// <param name="packed">Whether a number's field holds a packed list. Writers may pack repeated numbers or not, readers take both.</param>
    public static bool TryNext(CodedInputStream input, out int field, out bool packed)
    {
        uint tag = input.ReadTag();
        field = WireFormat.GetTagFieldNumber(tag);
        packed = WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited;
        return tag != 0;
    }

    /// <summary>An inner message, over the same bytes.</summary>
    public static CodedInputStream Message(CodedInputStream input) => input.ReadBytes().CreateCodedInput();

    /// <summary>Appends one number or a packed list of them.</summary>
    public static void AddInts(CodedInputStream input, bool packed, List<long> values)
    {
        if (!packed)
        {
            values.Add(input.ReadInt64());
            return;
        }

        CodedInputStream list = Message(input);
        while (!list.IsAtEnd)
            values.Add(list.ReadInt64());
    }

    /// <summary>Appends one number or a packed list of them.</summary>
    public static void AddFloats(CodedInputStream input, bool packed, List<float> values)
    {
        if (!packed)
        {
            values.Add(input.ReadFloat());
            return;
        }

        CodedInputStream list = Message(input);
        while (!list.IsAtEnd)
            values.Add(list.ReadFloat());
    }

    /// <summary>Appends one number or a packed list of them.</summary>
    public static void AddDoubles(CodedInputStream input, bool packed, List<double> values)
    {
        if (!packed)
        {
            values.Add(input.ReadDouble());
            return;
        }

        CodedInputStream list = Message(input);
        while (!list.IsAtEnd)
            values.Add(list.ReadDouble());
    }
}
