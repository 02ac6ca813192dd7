namespace TorchSharp;

public static partial class torch
{
    private static readonly Op Empty = new("aten::empty", "memory_format"), Zeros = new("aten::zeros"), Ones = new("aten::ones"),
        Rand = new("aten::rand"), Randn = new("aten::randn"), Arange = new("aten::arange"), Cat = new("aten::cat"), ZerosLike = new("aten::zeros_like"),
        Stack = new("aten::stack");

    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Empty.Call(size, dtype, Value.None, device).requires_grad_(requires_grad);

    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Zeros.Call(size, dtype, Value.None, device).requires_grad_(requires_grad);

    public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Ones.Call(size, dtype, Value.None, device).requires_grad_(requires_grad);

    public static Tensor rand(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Rand.Call(size, dtype, Value.None, device).requires_grad_(requires_grad);

    public static Tensor randn(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Randn.Call(size, dtype, Value.None, device).requires_grad_(requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Arange.Call(stop, dtype, Value.None, device).requires_grad_(requires_grad);

    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        ZerosLike.Call(input, dtype, Value.None, device).requires_grad_(requires_grad);

    public static Tensor cat(Tensor[] tensors, long dim = 0) => Cat.Call(tensors, dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Stack.Call(tensors.ToArray(), dim);

    public static Tensor tensor(float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(rawArray.AsSpan()), dimensions, ScalarType.Float32, dtype, device, requires_grad);

    public static Tensor tensor(long[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(rawArray.AsSpan()), dimensions, ScalarType.Int64, dtype, device, requires_grad);

    public static IDisposable no_grad() => new GradMode(false);

    /// <summary>Makes gradients be recorded (or not), until the result is disposed.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static void set_num_threads(int num) => Bridge.rt_set_num_threads(num);

    public static int get_num_threads() => (int)Bridge.rt_get_num_threads();

    private static Tensor FromMemory(ReadOnlySpan<byte> data, ReadOnlySpan<long> dimensions, ScalarType held, ScalarType? dtype, Device? device, bool requiresGrad)
    {
        Tensor made = empty(dimensions.ToArray(), held);
        if (data.Length != made.NumberOfElements * made.ElementSize)
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {data.Length} bytes for {made.NumberOfElements} elements");
        data.CopyTo(made.bytes);
        if (dtype is ScalarType wanted && wanted != held)
            made = made.to_type(wanted, disposeAfter: true);
        if (device is not null && device.type != DeviceType.CPU)
            made = made.to(device, disposeAfter: true);
        return made.requires_grad_(requiresGrad);
    }

    public sealed class Generator;

    public static class random
    {
        public static Generator manual_seed(long seed)
        {
            Bridge.rt_manual_seed(seed);
            return new Generator();
        }
    }

    public static class autograd
    {
        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            if (grad_outputs is not null || allow_unused)
                throw new NotSupportedException("grad_outputs and allow_unused are not part of this subset.");
            nint* outs = stackalloc nint[outputs.Count];
            nint* ins = stackalloc nint[inputs.Count];
            nint* found = stackalloc nint[inputs.Count];
            for (int i = 0; i < outputs.Count; i++)
                outs[i] = outputs[i].Handle;
            for (int i = 0; i < inputs.Count; i++)
                ins[i] = inputs[i].Handle;
            Bridge.Check(Bridge.rt_gradients(outs, outputs.Count, ins, inputs.Count, found, retain_graph ? 1 : 0, create_graph ? 1 : 0));
            Tensor[] gradients = new Tensor[inputs.Count];
            for (int i = 0; i < gradients.Length; i++)
                gradients[i] = new Tensor(found[i]);
            return gradients;
        }
    }

    /// <summary>Switches gradient recording on this thread until disposed.</summary>
    private sealed class GradMode : IDisposable
    {
        private readonly long before = Bridge.rt_grad_enabled();

        internal GradMode(bool enabled) => Bridge.rt_set_grad_enabled(enabled ? 1 : 0);

        public void Dispose() => Bridge.rt_set_grad_enabled(before);
    }
}
