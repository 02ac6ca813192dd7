using Realtime.Filter.Gpu;
using Realtime.Filter.Gpu.Maep;

namespace Realtime.Filter.Tests.Gpu.Maep;

public sealed class MatrixTileTests
{
    [Fact]
    public void The_largest_shape_is_taken_that_the_kernel_can_cut_products_into()
    {
        GpuMatrixShape odd = new(16, 12, 16), deep = new(16, 16, 64), small = new(16, 8, 8), large = new(16, 16, 16);

        Assert.Equal(large, MatrixTile.Best([small, odd, large, deep], 32768));
        Assert.Equal(small, MatrixTile.Best([odd, small], 32768));
        Assert.Null(MatrixTile.Best([odd, deep], 32768));
        Assert.Null(MatrixTile.Best([], 32768));
    }

    [Fact]
    public void A_device_with_too_little_shared_memory_has_no_usable_shape() => Assert.Null(MatrixTile.Best([new(16, 16, 16)], 16384));

    [Theory]
    [InlineData(8, 8, 8)]
    [InlineData(16, 16, 16)]
    [InlineData(16, 8, 16)]
    [InlineData(8, 16, 16)]
    [InlineData(32, 32, 16)]
    public void Every_cut_covers_the_layer_and_fits_into_shared_memory(uint m, uint n, uint k)
    {
        GpuMatrixShape shape = new(m, n, k);
        Assert.NotNull(MatrixTile.Best([shape], 49152));
        foreach (uint cells in (uint[])[1, 2, 4, 8, 13, 24, 96])
        {
            foreach (bool isSoftware in (bool[])[false, true])
            {
                MatrixTile tile = MatrixTile.For(shape, cells, isSoftware);
                Assert.InRange(tile.SharedBytes, 1u, 49152u);
                Assert.Equal(0u, 4 * tile.Cells % n);
                Assert.True(isSoftware || tile.Cells >= Math.Min(cells, 16));
                Assert.Equal(0u, tile.Rows % (MatrixTile.Subgroups * m));
            }
        }
    }
}
