namespace Realtime.Filter.Models.Onnx;

/// <summary>Field numbers of onnx.proto, for the messages that we read and write.</summary>
internal static class OnnxFields
{
    internal static class Model
    {
        internal const int IrVersion = 1, ProducerName = 2, Graph = 7, OpsetImport = 8, MetadataProps = 14;
    }

    /// <summary>OperatorSetIdProto and StringStringEntryProto.</summary>
    internal static class Pair
    {
        internal const int Key = 1, Value = 2;
    }

    internal static class Graph
    {
        internal const int Node = 1, Name = 2, Initializer = 5, Input = 11, Output = 12;
    }

    internal static class Node
    {
        internal const int Input = 1, Output = 2, Name = 3, OpType = 4, Attribute = 5, Domain = 7;
    }

    internal static class Attribute
    {
        internal const int Name = 1, Float = 2, Int = 3, String = 4, Tensor = 5, Floats = 7, Ints = 8, Type = 20;

        internal const int FloatType = 1, IntType = 2, StringType = 3, TensorType = 4, FloatsType = 6, IntsType = 7;
    }

    internal static class Tensor
    {
        internal const int Dims = 1, DataType = 2, FloatData = 4, Int32Data = 5, Int64Data = 7, Name = 8, RawData = 9, DoubleData = 10, DataLocation = 14;
    }

    internal static class Value
    {
        internal const int Name = 1, Type = 2;
    }

    /// <summary>TypeProto, its Tensor, TensorShapeProto and its Dimension.</summary>
    internal static class Type
    {
        internal const int TensorType = 1, ElementType = 1, Shape = 2, Dim = 1, DimValue = 1, DimParam = 2;
    }
}
