using System.Globalization;
using System.Text;

namespace Realtime.Filter.Gpu.Passes;

/// <summary>
/// The passes of a frame in the order in which they run. Each says what it reads and writes; barriers stand only where a pass needs what
/// another has not finished, and transient buffers share memory where their lifetimes do not meet. Compiled once for a frame size, recorded
/// once, submitted for every frame.
/// </summary>
public sealed class PassGraph
{
    private readonly List<GpuPass> passes = [];
    private readonly List<PassResource> resources = [];
    private bool[] barriers = [];       // barriers[i] stands before pass i
    private GpuStage[] waitFor = [];    // and waits for these stages

    /// <summary>Names the graph for listings.</summary>
    public PassGraph(string name) => Name = name;

    /// <summary>The graph's name.</summary>
    public string Name { get; }

    /// <summary>The passes in order.</summary>
    public IReadOnlyList<GpuPass> Passes => passes;

    /// <summary>Bytes of the heap that the transient resources share; valid after <see cref="Compile"/>.</summary>
    public ulong HeapBytes { get; private set; }

    /// <summary>Bytes that the transient resources would take if none shared.</summary>
    public ulong UnsharedBytes => resources.Where(resource => resource.IsTransient).Aggregate(0UL, (sum, resource) => sum + resource.Bytes);

    /// <summary>Barriers between passes.</summary>
    public int BarrierCount => barriers.Count(barrier => barrier);

    /// <summary>Brings an existing buffer in; the same buffer again is the same resource.</summary>
    public PassResource Import(GpuBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return resources.Find(known => !known.IsTransient && ReferenceEquals(known.Range.Buffer, buffer)) ?? Track(new PassResource(buffer.Name, buffer.Size, new GpuBufferRange(buffer, 0, buffer.Size)));
    }

    /// <summary>Asks for memory from the first pass that uses it to the last.</summary>
    /// <param name="name">For listings.</param>
    /// <param name="bytes">Size, at least 1.</param>
    public PassResource Transient(string name, ulong bytes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bytes);
        return Track(new PassResource(name, bytes, null));
    }

    /// <summary>Appends a pass.</summary>
    /// <exception cref="ArgumentException">It reads a transient resource that no pass has written.</exception>
    public void Add(GpuPass pass)
    {
        ArgumentNullException.ThrowIfNull(pass);
        foreach (PassUse use in pass.Uses)
        {
            if (use.Resource.IsTransient && use.Resource.FirstPass < 0 && use.Access != PassAccess.Write)
                throw new ArgumentException($"Pass '{pass.Name}' reads '{use.Resource.Name}', which no pass before it writes.", nameof(pass));
            if (use.Resource.FirstPass < 0)
                use.Resource.FirstPass = passes.Count;
            use.Resource.LastPass = passes.Count;
        }

        passes.Add(pass);
    }

    /// <summary>Lays out the transient memory and finds the barriers.</summary>
    /// <param name="createHeap">Gives a buffer of at least so many bytes; called once where there is anything transient.</param>
    public void Compile(Func<ulong, GpuBuffer> createHeap)
    {
        ArgumentNullException.ThrowIfNull(createHeap);
        TransientLayout layout = TransientLayout.Of(resources.Where(resource => resource.IsTransient && resource.FirstPass >= 0));
        HeapBytes = layout.HeapBytes;
        if (HeapBytes > 0)
        {
            GpuBuffer heap = createHeap(HeapBytes);
            foreach ((PassResource resource, ulong offset) in layout.Offsets)
                resource.Range = new GpuBufferRange(heap, offset, resource.Bytes);
        }

        (barriers, waitFor) = HazardFinder.Find(passes);
    }

    /// <summary>Records all passes.</summary>
    /// <param name="commands">Open for recording.</param>
    /// <param name="withTimestamps">Writes timestamp i before pass i and one more after the last.</param>
    public void Record(GpuCommands commands, bool withTimestamps = false)
    {
        ArgumentNullException.ThrowIfNull(commands);
        commands.BeginLabel(Name);
        for (int i = 0; i < passes.Count; i++)
        {
            if (barriers[i])
                commands.Barrier(waitFor[i], GpuStage.Compute | GpuStage.Transfer);     // it serves the passes behind this one too
            if (withTimestamps)
                commands.Timestamp(i);
            commands.BeginLabel(passes[i].Name);
            Record(commands, passes[i]);
            commands.EndLabel();
        }

        if (withTimestamps)
            commands.Timestamp(passes.Count);
        commands.EndLabel();
    }

    /// <summary>One line a pass: barrier, name, workgroups, what it reads and writes.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Name}: {passes.Count} passes, {BarrierCount} barriers, heap {HeapBytes / 1e6:0.0} MB ({UnsharedBytes / 1e6:0.0} MB unshared)\n");
        for (int i = 0; i < passes.Count; i++)
        {
            GpuPass pass = passes[i];
            string groups = pass.Pipeline is null ? pass.Uses.Count == 1 ? "fill" : "copy" : $"{pass.Groups.X}x{pass.Groups.Y}x{pass.Groups.Z}";
            text.Append(CultureInfo.InvariantCulture, $"  {(barriers.Length > i && barriers[i] ? "|" : " ")} {pass.Name,-24} {groups,-14} {Names(pass, false)} -> {Names(pass, true)}\n");
        }

        return text.ToString();
    }

    /// <summary>Appends the graph to one in Graphviz's language, in a frame of its own: boxes are passes, ovals are buffers (bold: they outlive the frame).</summary>
    /// <param name="text">Where to.</param>
    /// <param name="prefix">Sets the nodes' names apart; pass i becomes "{prefix}p{i}".</param>
    public void AppendDot(StringBuilder text, string prefix)
    {
        ArgumentNullException.ThrowIfNull(text);
        text.Append(CultureInfo.InvariantCulture, $"  subgraph cluster_{prefix} {{\n    label=\"{Name}\";\n");
        for (int i = 0; i < resources.Count; i++)
        {
            PassResource resource = resources[i];
            if (resource.FirstPass >= 0)
                text.Append(CultureInfo.InvariantCulture, $"    {prefix}r{i} [shape=oval, label=\"{resource.Name}\\n{resource.Bytes / 1024} KiB\"{(resource.IsTransient ? "" : ", style=bold")}];\n");
        }

        for (int i = 0; i < passes.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {prefix}p{i} [label=\"{passes[i].Name}\"];\n");
            foreach (PassUse use in passes[i].Uses.Distinct())
            {
                int resource = resources.IndexOf(use.Resource);
                if (use.Access != PassAccess.Write)
                    text.Append(CultureInfo.InvariantCulture, $"    {prefix}r{resource} -> {prefix}p{i};\n");
                if (use.Writes)
                    text.Append(CultureInfo.InvariantCulture, $"    {prefix}p{i} -> {prefix}r{resource};\n");
            }
        }

        text.Append("  }\n");
    }

    private static string Names(GpuPass pass, bool written) =>
        string.Join(", ", pass.Uses.Where(use => written ? use.Writes : use.Access != PassAccess.Write).Select(use => use.Resource.Name).Distinct());

    private static void Record(GpuCommands commands, GpuPass pass)
    {
        if (pass.Pipeline is null && pass.Uses.Count == 1)
        {
            commands.Fill(pass.Uses[0].Resource.Range, 0);
        }
        else if (pass.Pipeline is null)
        {
            GpuBufferRange from = pass.Uses[0].Resource.Range;
            GpuBufferRange to = pass.Uses[1].Resource.Range;
            commands.Copy(from.Buffer, to.Buffer, from.Offset, to.Offset, Math.Min(from.Size, to.Size));
        }
        else
        {
            GpuBufferRange[] ranges = [.. pass.Uses.Select(use => use.Resource.Range)];
            commands.Bind(pass.Pipeline, ranges);
            if (pass.Constants.Length > 0)
                commands.Push(pass.Constants.Span);
            commands.Dispatch(pass.Groups.X, pass.Groups.Y, pass.Groups.Z);
        }
    }

    private PassResource Track(PassResource resource)
    {
        resources.Add(resource);
        return resource;
    }
}
