namespace Realtime.Filter.Devices;

/// <summary>What a model computes in.</summary>
public enum Precision
{
    /// <summary>float32 throughout.</summary>
    Float32,

    /// <summary>float16, with layer norms and softmax in float32; what goes in and comes out stays float32.</summary>
    Float16,
}
