using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Gradients;

/// <summary>Operators that take some elements along an axis, by constant places, or put zeros around them.</summary>
internal sealed class SelectionRules(Backward backward)
{
    private readonly OnnxGraphBuilder g = backward.G;

    /// <summary>The gradient of a Slice's input.</summary>
    public string Slice(OnnxNode node, string dy)
    {
        long[] shape = backward.Shapes.Of(node.Inputs[0]), starts = backward.Integers(node, 1, "starts") ?? [], ends = backward.Integers(node, 2, "ends") ?? [];
        long[] axes = backward.Integers(node, 3, "axes") ?? [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        long[] steps = backward.Integers(node, 4, "steps") ?? [.. starts.Select(_ => 1L)];
        string result = dy;
        for (int i = 0; i < axes.Length; i++)
        {
            long axis = axes[i] < 0 ? axes[i] + shape.Length : axes[i];
            ThrowIfBatch(node, shape[axis]);
            result = Scattered(result, axis, shape, Places(starts[i], ends[i], steps[i], shape[axis]));
        }

        return result;
    }

    /// <summary>The gradient of what a Gather takes from.</summary>
    public string Gather(OnnxNode node, string dy)
    {
        long axis = backward.Axis(node, 0);
        long[] shape = backward.Shapes.Of(node.Inputs[0]);
        ThrowIfBatch(node, shape[axis]);
        long[] places = [.. backward.Integers(node, 1, "indices")!.Select(index => index < 0 ? index + shape[axis] : index)];

        // The indices' own dimensions stand in the axis' place, none of them for a single index.
        long[] flat = [.. shape];
        flat[axis] = places.Length;
        return Scattered(g.Reshape(dy, flat), axis, shape, places);
    }

    /// <summary>The gradient of what a Pad puts constants around.</summary>
    public string Pad(OnnxNode node, string dy)
    {
        long[] pads = backward.Integers(node, 1, "pads") ?? [], shape = backward.Shapes.Of(node.Inputs[0]);
        if (node.Attribute("mode", "constant") != "constant" || pads.Length != 2 * shape.Length || pads.Any(pad => pad < 0))
            throw Backward.Refusal(node, "it repeats pixels, or cuts some");
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (pads[axis] + pads[axis + shape.Length] > 0)
                dy = g.Slice(dy, axis, pads[axis], pads[axis] + shape[axis]);
        }

        return dy;
    }

    private static void ThrowIfBatch(OnnxNode node, long size)
    {
        if (size == GraphShapes.Batch)
            throw Backward.Refusal(node, "it chooses pictures from the batch");
    }

    /// <summary>The places that a slice takes, as ONNX bounds them.</summary>
    private static long[] Places(long start, long end, long step, long size)
    {
        long first = Math.Clamp(start < 0 ? Math.Max(start, -size - 1) + size : start, step > 0 ? 0 : -1, step > 0 ? size : size - 1);
        long stop = Math.Clamp(end < 0 ? Math.Max(end, -size - 1) + size : end, step > 0 ? 0 : -1, size);
        List<long> places = [];
        for (long at = first; step > 0 ? at < stop : at > stop; at += step)
            places.Add(at);
        return [.. places];
    }

    /// <summary>
    /// Puts slice i of a gradient at place <paramref name="places"/>[i] of an axis, and zeros elsewhere: a Pad where the places follow each other,
    /// else a Gather from the gradient with a slice of zeros behind it, one more for every repetition of a place.
    /// </summary>
    private string Scattered(string dy, long axis, long[] shape, long[] places)
    {
        long[] pads = new long[2 * shape.Length];
        if (places.Length > 0 && places.Zip(places.Skip(1)).All(pair => pair.Second == pair.First + 1))
        {
            (pads[axis], pads[axis + shape.Length]) = (places[0], shape[axis] - 1 - places[^1]);
            return pads.Any(pad => pad > 0) ? g.Node("Pad", [dy, g.Indices(pads)]) : dy;
        }

        pads[axis + shape.Length] = 1;
        string padded = g.Node("Pad", [dy, g.Indices(pads)]);
        string? sum = null;
        (long Place, long From)[] left = [.. places.Select((place, i) => (place, (long)i))];
        do
        {
            (long Place, long From)[] round = [.. left.DistinctBy(pair => pair.Place)];
            left = [.. left.Except(round)];
            long[] source = new long[shape[axis]];
            Array.Fill(source, places.Length);
            foreach ((long place, long from) in round)
                source[place] = from;
            string part = g.Node("Gather", [padded, g.Indices(source)], OnnxAttribute.Of("axis", axis));
            sum = sum is null ? part : g.Add(sum, part);
        }
        while (left.Length > 0);

        return sum;
    }
}
