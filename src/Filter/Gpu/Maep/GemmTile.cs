namespace Realtime.Filter.Gpu.Maep;

/// <summary>How gemm.comp cuts a product: a workgroup's part of the output, and a thread's.</summary>
/// <param name="Rows">Rows of a workgroup.</param>
/// <param name="Cells">Cells of a workgroup along the output's width.</param>
/// <param name="Depth">Cells along the input's width that are in shared memory at a time.</param>
/// <param name="ThreadRows">Rows of a thread.</param>
/// <param name="ThreadCells">Cells of a thread.</param>
internal sealed record GemmTile(uint Rows, uint Cells, uint Depth, uint ThreadRows, uint ThreadCells)
{
    /// <summary>Threads of a workgroup.</summary>
    public uint Threads => Rows / ThreadRows * (Cells / ThreadCells);

    /// <summary>Shared memory that the cuts for software devices need.</summary>
    public const uint SoftwareSharedBytes = 32768;

    /// <summary>Bytes of shared memory: at most the 16 KiB that every device has, or <see cref="SoftwareSharedBytes"/>.</summary>
    public uint SharedBytes => 16 * Depth * (Rows + (4 * Cells));

    /// <summary>
    /// The cut for a layer of <paramref name="cells"/> output cells; narrow layers get longer workgroups. On a software device a thread's part
    /// is eight times as large: there a load from shared memory costs as much as several products, and sums that do not fit into registers
    /// cost little (lavapipe: 14.5 against 6.3 GFLOP/s with the cut for hardware, ./realtime bench gpu). The longest workgroups take
    /// three cells of depth, of which a 3x3 convolution has a whole number, as four would be more shared memory than there is.
    /// </summary>
    public static GemmTile For(uint cells, bool isSoftware) => (cells, isSoftware) switch
    {
        (1, false) => new GemmTile(256, 1, 3, 4, 1),
        ( < 8, false) => new GemmTile(128, 4, 4, 8, 1),
        (_, false) => new GemmTile(128, 8, 4, 8, 1),
        ( < 4, true) => new GemmTile(512, 1, 3, 16, 1),
        ( < 8, true) => new GemmTile(256, 4, 4, 16, 4),
        (_, true) => new GemmTile(256, 8, 4, 16, 4),
    };
}
