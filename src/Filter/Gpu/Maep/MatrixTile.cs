namespace Realtime.Filter.Gpu.Maep;

/// <summary>How gemm_coopmat.comp cuts a product: fragments of the shape of the device's matrix units.</summary>
/// <param name="Shape">A fragment.</param>
/// <param name="RowFragments">Fragments of a subgroup along the output's rows.</param>
/// <param name="ColumnFragments">Fragments of a subgroup along the output's width.</param>
internal sealed record MatrixTile(GpuMatrixShape Shape, uint RowFragments, uint ColumnFragments)
{
    /// <summary>Subgroups of a workgroup, one below the other.</summary>
    public const uint Subgroups = 4;

    private const uint SubgroupRows = 32, MostColumns = 64;     // numbers; sums of 32 x 64 stay in the registers of a subgroup
    private const uint SoftwareFragments = 2;                   // a software device writes every product of a fragment out, and compiles for minutes
    private const uint Depth = 32;                              // numbers along the input's width that are in shared memory at a time

    /// <summary>Rows of a workgroup.</summary>
    public uint Rows => Subgroups * RowFragments * Shape.Rows;

    /// <summary>Cells of a workgroup along the output's width.</summary>
    public uint Cells => ColumnFragments * Shape.Columns / 4;

    /// <summary>Bytes of shared memory: inputs and weights as halves, lines padded by eight of them, and a fragment of sums of each subgroup.</summary>
    public uint SharedBytes => (2 * ((Rows * (Depth + 8)) + (Depth * ((4 * Cells) + 8)))) + (4 * Subgroups * Shape.Rows * Shape.Columns);

    /// <summary>The largest of the shapes that the kernel can use on a device; null where there is none.</summary>
    /// <param name="shapes">What the device offers.</param>
    /// <param name="sharedBytes">Shared memory of a workgroup on it.</param>
    public static GpuMatrixShape? Best(IEnumerable<GpuMatrixShape> shapes, uint sharedBytes) =>
        shapes.Where(shape => Fits(shape) && For(shape, MostColumns / 4, isSoftware: false).SharedBytes <= sharedBytes)
            .OrderByDescending(shape => shape.Rows * shape.Columns * shape.Depth).Select(shape => (GpuMatrixShape?)shape).FirstOrDefault();

    /// <summary>The cut for a layer of <paramref name="cells"/> output cells: as wide as the layer, up to 64 numbers.</summary>
    public static MatrixTile For(GpuMatrixShape shape, uint cells, bool isSoftware)
    {
        uint rows = isSoftware ? SoftwareFragments : SubgroupRows / shape.Rows;
        uint columns = isSoftware ? SoftwareFragments : MostColumns / shape.Columns;
        return new MatrixTile(shape, rows, Math.Min(columns, Parts.Covering(4 * cells, shape.Columns)));
    }

    private static bool Fits(GpuMatrixShape shape) =>
        shape is { Rows: > 0, Columns: > 0, Depth: > 0 }
        && SubgroupRows % shape.Rows == 0 && MostColumns % shape.Columns == 0 && Depth % shape.Depth == 0 && shape.Columns % 8 == 0 && shape.Depth % 8 == 0;
}
