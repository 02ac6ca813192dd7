using Realtime.Filter.Tiles;

namespace Realtime.Filter.Tests.Tiles;

public sealed class TileGridTests
{
    [Theory]
    [InlineData(32, 32, 4, 1, 1)]
    [InlineData(33, 32, 4, 2, 1)]
    [InlineData(1280, 720, 4, 53, 30)]
    [InlineData(1280, 720, 0, 40, 23)]
    [InlineData(1, 1, 15, 1, 1)]
    public void The_grid_has_as_few_tiles_as_cover_the_frame(int width, int height, int overlap, int columns, int rows)
    {
        TileGrid grid = new(width, height, 32, overlap);

        Assert.Equal((columns, rows), (grid.Columns, grid.Rows));
    }

    [Fact]
    public void The_window_sums_to_one_in_every_pixel()
    {
        for (int overlap = 0; overlap <= TileGrid.MaxOverlap(32); overlap++)
        {
            TileGrid grid = new(131, 77, 32, overlap);
            double[] sum = new double[grid.Width * grid.Height];
            for (int row = 0; row < grid.Rows; row++)
                for (int column = 0; column < grid.Columns; column++)
                    for (int i = 0; i < 32; i++)
                        for (int j = 0; j < 32; j++)
                            if ((row * grid.Stride) + i < grid.Height && (column * grid.Stride) + j < grid.Width)
                                sum[(((row * grid.Stride) + i) * grid.Width) + (column * grid.Stride) + j] += grid.RowWeights(row)[i] * grid.ColumnWeights(column)[j];

            Assert.All(sum, total => Assert.Equal(1, total, 1e-6));
        }
    }

    [Fact]
    public void Weights_fall_towards_a_neighbour_and_not_towards_the_edge_of_the_frame()
    {
        TileGrid grid = new(56, 32, 32, 4);   // two tiles that share 8 pixels

        Assert.Equal(1, grid.ColumnWeights(0)[0], 6);
        Assert.Equal(1, grid.ColumnWeights(0)[23], 6);
        Assert.True(grid.ColumnWeights(0)[24] > grid.ColumnWeights(0)[31]);
        Assert.Equal(1 / 16f, grid.ColumnWeights(0)[31], 6);
        Assert.Equal(1 / 16f, grid.ColumnWeights(1)[0], 6);
        Assert.All(grid.RowWeights(0).ToArray(), weight => Assert.Equal(1, weight, 6));
    }

    [Fact]
    public void Reflection_mirrors_as_often_as_needed()
    {
        Assert.Equal([0, 1, 2, 1, 0, 1, 2, 1, 0], Enumerable.Range(0, 9).Select(at => TileGrid.Reflect(at, 3)));
        Assert.Equal([2, 1, 0], Enumerable.Range(-2, 3).Select(at => TileGrid.Reflect(at, 3)));
        Assert.Equal([0, 0, 0], Enumerable.Range(-1, 3).Select(at => TileGrid.Reflect(at, 1)));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(-1)]
    public void An_overlap_that_leaves_no_stride_is_refused(int overlap) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TileGrid(64, 64, 32, overlap));
}
