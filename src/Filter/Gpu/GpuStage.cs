namespace Realtime.Filter.Gpu;

/// <summary>Who reads and writes memory, for barriers.</summary>
[Flags]
public enum GpuStage
{
    /// <summary>Nobody.</summary>
    None = 0,

    /// <summary>Compute shaders, through storage buffers.</summary>
    Compute = 1,

    /// <summary>Copies and fills.</summary>
    Transfer = 2,

    /// <summary>The program, through mapped memory.</summary>
    Host = 4,
}
