using System.Runtime.CompilerServices;
using System.Text;
using Realtime.Filter.Gpu;
using Realtime.Filter.Gpu.Passes;

namespace Realtime.Filter.Tests.Gpu.Passes;

/// <summary>Barriers and lifetimes, without a device: of the buffers only the identity counts here.</summary>
public sealed class PassGraphTests
{
    private readonly PassGraph graph = new("test");
    private readonly PassResource a = Imported();
    private readonly PassResource b = Imported();
    private readonly PassResource c = Imported();

    [Fact]
    public void A_pass_waits_for_what_it_reads_to_be_written()
    {
        Add("write", PassUse.Write(a));
        Add("other", PassUse.Write(b));
        Add("read", PassUse.Read(a), PassUse.Write(c));
        Assert.Equal([false, false, true], Barriers());
    }

    [Fact]
    public void A_pass_waits_to_overwrite_what_is_still_read()
    {
        Add("read", PassUse.Read(a), PassUse.Write(b));
        Add("write", PassUse.Write(a));
        Assert.Equal([false, true], Barriers());
    }

    [Fact]
    public void A_pass_waits_to_overwrite_what_is_still_written()
    {
        Add("write", PassUse.Write(a));
        Add("again", PassUse.Write(a));
        Add("change", PassUse.Change(a));
        Assert.Equal([false, true, true], Barriers());
    }

    [Fact]
    public void Readers_of_the_same_memory_run_side_by_side()
    {
        Add("write", PassUse.Write(a));
        Add("one", PassUse.Read(a), PassUse.Write(b));
        Add("two", PassUse.Read(a), PassUse.Write(c));
        Assert.Equal([false, true, false], Barriers());
    }

    [Fact]
    public void One_barrier_serves_all_passes_before_it()
    {
        Add("write a", PassUse.Write(a));
        Add("write b", PassUse.Write(b));
        Add("read a", PassUse.Read(a), PassUse.Write(c));
        Add("read b", PassUse.Read(b));
        Assert.Equal([false, false, true, false], Barriers());
    }

    [Fact]
    public void Memory_that_two_transients_share_counts_as_one()
    {
        PassResource first = graph.Transient("first", 1024);
        PassResource second = graph.Transient("second", 1024);
        Add("write first", PassUse.Write(first));
        Add("read first", PassUse.Read(first), PassUse.Write(a));
        Add("write second", PassUse.Write(second));
        Assert.Equal([false, true, true], Barriers());
        Assert.Equal(first.Range, second.Range);
        Assert.Equal((1024UL, 2048UL), (graph.HeapBytes, graph.UnsharedBytes));
    }

    [Fact]
    public void Parts_of_a_heap_that_do_not_overlap_need_no_barrier()
    {
        PassResource first = graph.Transient("first", 1000);
        PassResource second = graph.Transient("second", 1000);
        Add("write first", PassUse.Write(first));
        Add("write second", PassUse.Write(second));
        Add("read both", PassUse.Read(first), PassUse.Read(second));
        Assert.Equal([false, false, true], Barriers());
    }

    [Theory]
    [InlineData(PassAccess.Read)]
    [InlineData(PassAccess.ReadWrite)]
    public void Reading_a_transient_that_no_pass_has_written_is_refused(PassAccess access)
    {
        PassResource empty = graph.Transient("empty", 4);
        ArgumentException refused = Assert.Throws<ArgumentException>(() => Add("reader", new PassUse(empty, access)));
        Assert.Contains("'reader' reads 'empty'", refused.Message, StringComparison.Ordinal);
        Assert.Empty(graph.Passes);
    }

    [Fact]
    public void Text_and_drawing_hold_every_pass_and_what_it_uses()
    {
        PassResource scratch = graph.Transient("scratch", 4096);
        Add("clear", PassUse.Write(scratch));
        Add("move", PassUse.Read(scratch), PassUse.Write(a));
        Barriers();
        Assert.Equal(
            "test: 2 passes, 1 barriers, heap 0.0 MB (0.0 MB unshared)\n" +
            "    clear                    fill            -> scratch\n" +
            "  | move                     copy           scratch -> buffer\n",
            graph.ToString());
        StringBuilder drawing = new();
        graph.AppendDot(drawing, "s0");
        string dot = drawing.ToString();
        Assert.StartsWith("  subgraph cluster_s0 {", dot, StringComparison.Ordinal);
        foreach (string part in (string[])["[label=\"clear\"]", "[label=\"move\"]", "scratch\\n4 KiB", "s0p0 -> s0r0;", "s0r0 -> s0p1;"])
            Assert.Contains(part, dot, StringComparison.Ordinal);
    }

    private static PassResource Imported() => new("buffer", 64, new GpuBufferRange(NoBuffer(), 0, 64));

    private static GpuBuffer NoBuffer() => (GpuBuffer)RuntimeHelpers.GetUninitializedObject(typeof(GpuBuffer));

    private void Add(string name, params PassUse[] uses) => graph.Add(new GpuPass(name, null, uses));

    private bool[] Barriers()
    {
        graph.Compile(_ => NoBuffer());
        (bool[] barriers, _) = HazardFinder.Find(graph.Passes);
        Assert.Equal(barriers.Count(barrier => barrier), graph.BarrierCount);
        return barriers;
    }
}
