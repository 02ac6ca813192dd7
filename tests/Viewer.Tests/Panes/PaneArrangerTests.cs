using Realtime.Viewer.Live;
using Realtime.Viewer.Panes;

namespace Realtime.Viewer.Tests.Panes;

public sealed class PaneArrangerTests
{
    [Theory]
    [InlineData(1280, 720, true)]
    [InlineData(640, 360, true)]
    [InlineData(500, 1600, false)]
    public void Wide_windows_put_panes_in_a_row_and_tall_ones_above_each_other(int width, int height, bool inRow)
    {
        Pane[] panes = Arrange(new ViewState(), PaneLayout.Automatic, width, height);

        Assert.Equal([PanePicture.Raw, PanePicture.Attacked, PanePicture.Purified], panes.Select(pane => pane.Picture));
        Assert.All(panes, pane => Assert.Equal(inRow ? height : width, inRow ? pane.Height : pane.Width));
        Assert.Equal(inRow ? width : height, inRow ? panes[^1].X + panes[^1].Width : panes[^1].Y + panes[^1].Height);
        for (int i = 1; i < panes.Length; i++)
            Assert.True(inRow ? panes[i].X > panes[i - 1].X + panes[i - 1].Width : panes[i].Y > panes[i - 1].Y + panes[i - 1].Height, "panes must not touch");
    }

    [Fact]
    public void Wipe_and_difference_take_their_places()
    {
        Assert.Equal([PanePicture.Raw, PanePicture.Wipe], Pictures(new ViewState { ShowWipe = true }, PaneLayout.SideBySide));
        Assert.Equal([PanePicture.Raw, PanePicture.Attacked, PanePicture.Purified, PanePicture.Difference], Pictures(new ViewState { ShowDifference = true }, PaneLayout.Stacked));
        Assert.Equal([PanePicture.Wipe], Pictures(new ViewState { ShowWipe = true }, PaneLayout.Single));
        Assert.Equal([PanePicture.Purified], Pictures(new ViewState(), PaneLayout.Single));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 100)]
    [InlineData(100, 0)]
    public void A_window_without_room_has_no_panes(int width, int height) => Assert.Empty(Arrange(new ViewState(), PaneLayout.SideBySide, width, height));

    private static IEnumerable<PanePicture> Pictures(ViewState state, PaneLayout layout) => Arrange(state, layout, 1280, 720).Select(pane => pane.Picture);

    private static Pane[] Arrange(ViewState state, PaneLayout layout, int width, int height)
    {
        Pane[] panes = new Pane[PaneArranger.Most];
        return panes[..PaneArranger.Arrange(state, layout, width, height, panes)];
    }
}
