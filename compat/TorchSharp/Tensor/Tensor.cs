namespace TorchSharp;

public static partial class torch
{
    /// <summary>Owns one at::Tensor. Belongs to the innermost dispose scope of the thread that made it.</summary>
    public partial class Tensor : IDisposable
    {
        private nint handle;

        internal Tensor(nint handle, bool scoped = true)
        {
            this.handle = handle;
            if (scoped)
                DisposeScope.Current?.Attach(this);
        }

        ~Tensor() => Free();

        public nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Tensor), "The tensor was disposed, or moved into a parameter.");

        internal DisposeScope? Scope { get; set; }

        public bool IsInvalid => handle == 0;

        public long Dimensions => Bridge.rt_dim(Handle);

        public long NumberOfElements => Bridge.rt_numel(Handle);

        public long ElementSize => Bridge.rt_element_size(Handle);

        public long numel() => NumberOfElements;

        public ScalarType dtype => (ScalarType)Bridge.rt_dtype(Handle);

        public long[] shape
        {
            get
            {
                long[] sizes = new long[Dimensions];
                for (int i = 0; i < sizes.Length; i++)
                    sizes[i] = Bridge.rt_size(Handle, i);
                return sizes;
            }
        }

        public DeviceType device_type => Bridge.rt_is_cuda(Handle) != 0 ? DeviceType.CUDA : DeviceType.CPU;

        public bool is_contiguous() => Bridge.rt_is_contiguous(Handle) != 0;

        /// <summary>The elements as raw bytes; valid while the tensor lives. CPU and contiguous only.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_contiguous())
                    throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
                if (device_type != DeviceType.CPU)
                    throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
                nint data = Bridge.rt_data(Handle);
                if (data == 0 && NumberOfElements > 0)
                    throw Bridge.LastError();
                return new Span<byte>((void*)data, checked((int)(NumberOfElements * ElementSize)));
            }

            set => value.CopyTo(bytes);
        }

        public bool requires_grad
        {
            get => Bridge.rt_requires_grad(Handle) != 0;
            set => Bridge.Check(Bridge.rt_set_requires_grad(Handle, value ? 1 : 0));
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>The accumulated gradient; setting null clears it.</summary>
        public Tensor? grad
        {
            get
            {
                nint found = Bridge.rt_grad(Handle);
                return found == 0 ? null : new Tensor(found);
            }

            set
            {
                if (value is not null)
                    throw new NotSupportedException("Only clearing the gradient is supported here.");
                Bridge.rt_clear_grad(Handle);
            }
        }

        public void backward() => Bridge.Check(Bridge.rt_backward(Handle));

        public Tensor MoveToOuterDisposeScope()
        {
            DisposeScope.MoveOut(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            Scope?.Forget(this);
            Scope = null;
            return this;
        }

        public void Dispose()
        {
            Scope?.Forget(this);
            Scope = null;
            Free();
            GC.SuppressFinalize(this);
        }

        internal void DisposeByScope()
        {
            Scope = null;
            Free();
            GC.SuppressFinalize(this);
        }

        /// <summary>Hands the native tensor over; this object is empty afterwards.</summary>
        internal nint MoveHandle()
        {
            nint moved = Handle;
            handle = 0;
            Dispose();
            return moved;
        }

        internal double ItemAsDouble()
        {
            Bridge.Check(Bridge.rt_item(Handle, out double value));
            return value;
        }

        private void Free()
        {
            nint old = Interlocked.Exchange(ref handle, 0);
            if (old != 0)
                Bridge.rt_free(old);
        }
    }
}

public static class TensorExtensionMethods
{
    public static float ToSingle(this torch.Tensor value) => (float)value.ItemAsDouble();

    public static double ToDouble(this torch.Tensor value) => value.ItemAsDouble();

    public static long ToInt64(this torch.Tensor value) => (long)value.ItemAsDouble();
}
