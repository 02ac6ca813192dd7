using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>One operator of libtorch, found by schema name on first use and called through the dispatcher.</summary>
internal sealed unsafe class Op(string name, string overload = "")
{
    private const int MostResults = 64;

    private nint handle;

    /// <summary>Calls an operator with one result.</summary>
    internal torch.Tensor Call(params ReadOnlySpan<Value> arguments)
    {
        nint result;
        Run(arguments, &result, 1);
        return new torch.Tensor(result);
    }

    /// <summary>Calls an operator that changes <paramref name="self"/> and returns it.</summary>
    internal torch.Tensor CallInPlace(torch.Tensor self, params ReadOnlySpan<Value> arguments)
    {
        nint result;
        Run(arguments, &result, 1);
        Bridge.rt_free(result);
        return self;
    }

    /// <summary>Calls an operator with a list or tuple of results.</summary>
    internal torch.Tensor[] CallMany(params ReadOnlySpan<Value> arguments)
    {
        nint* results = stackalloc nint[MostResults];
        long count = Run(arguments, results, MostResults);
        torch.Tensor[] tensors = new torch.Tensor[count];
        for (int i = 0; i < count; i++)
            tensors[i] = new torch.Tensor(results[i]);
        return tensors;
    }

    private long Run(ReadOnlySpan<Value> arguments, nint* results, long capacity)
    {
        if (handle == 0)
        {
            handle = Bridge.rt_operator(name, overload);
            if (handle == 0)
                throw Bridge.LastError();
        }

        Span<GCHandle> pins = stackalloc GCHandle[arguments.Length];
        Value.Raw* raw = stackalloc Value.Raw[arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
            raw[i] = arguments[i].ToRaw(out pins[i]);
        long count = Bridge.rt_call(handle, raw, arguments.Length, results, capacity);
        foreach (ref GCHandle pin in pins)
        {
            if (pin.IsAllocated)
                pin.Free();
        }
        Bridge.Check(count);
        return count;
    }
}
