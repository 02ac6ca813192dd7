using System.Reflection;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>The entry points of native/bridge.cpp.</summary>
internal static unsafe partial class Bridge
{
    private const string Library = "realtime_torch";

    static Bridge() => NativeLibrary.SetDllImportResolver(typeof(Bridge).Assembly, Resolve);

    /// <summary>Throws the error that the last call of this thread left, in the real package's exception type.</summary>
    internal static ExternalException LastError() => new(Marshal.PtrToStringUTF8(rt_last_error()));

    internal static void Check(long status)
    {
        if (status < 0)
            throw LastError();
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
            return 0;
        string beside = Path.Combine(AppContext.BaseDirectory, "librealtime_torch.so");
        if (NativeLibrary.TryLoad(beside, out nint module))
            return module;
        string reason = File.Exists(beside) ? "libtorch was not found" : "the torch bridge was not built";
        throw new DllNotFoundException($"{beside}: {reason}. Run ./realtime setup (Debian: apt-get install libtorch-dev cmake g++).");
    }

    [LibraryImport(Library)] internal static partial nint rt_last_error();
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint rt_operator(string name, string overload);
    [LibraryImport(Library)] internal static partial long rt_call(nint op, Value.Raw* arguments, long count, nint* results, long capacity);
    [LibraryImport(Library)] internal static partial void rt_free(nint tensor);
    [LibraryImport(Library)] internal static partial long rt_dim(nint tensor);
    [LibraryImport(Library)] internal static partial long rt_size(nint tensor, long dim);
    [LibraryImport(Library)] internal static partial long rt_numel(nint tensor);
    [LibraryImport(Library)] internal static partial long rt_element_size(nint tensor);
    [LibraryImport(Library)] internal static partial long rt_dtype(nint tensor);
    [LibraryImport(Library)] internal static partial long rt_is_contiguous(nint tensor);
    [LibraryImport(Library)] internal static partial long rt_is_cuda(nint tensor);
    [LibraryImport(Library)] internal static partial nint rt_data(nint tensor);
    [LibraryImport(Library)] internal static partial long rt_item(nint tensor, out double value);
    [LibraryImport(Library)] internal static partial long rt_requires_grad(nint tensor);
    [LibraryImport(Library)] internal static partial long rt_set_requires_grad(nint tensor, long value);
    [LibraryImport(Library)] internal static partial nint rt_grad(nint tensor);
    [LibraryImport(Library)] internal static partial void rt_clear_grad(nint tensor);
    [LibraryImport(Library)] internal static partial long rt_backward(nint tensor);
    [LibraryImport(Library)] internal static partial long rt_gradients(nint* outputs, long outputCount, nint* inputs, long inputCount, nint* gradients, long retain, long create);
    [LibraryImport(Library)] internal static partial long rt_grad_enabled();
    [LibraryImport(Library)] internal static partial void rt_set_grad_enabled(long enabled);
    [LibraryImport(Library)] internal static partial void rt_manual_seed(long seed);
    [LibraryImport(Library)] internal static partial long rt_get_num_threads();
    [LibraryImport(Library)] internal static partial void rt_set_num_threads(long count);
    [LibraryImport(Library)] internal static partial long rt_cuda_is_available();
}
