namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Op Reshape = new("aten::reshape"), Transpose = new("aten::transpose", "int"), Permute = new("aten::permute"),
            Unsqueeze = new("aten::unsqueeze"), Expand = new("aten::expand"), Chunk = new("aten::chunk"), Unbind = new("aten::unbind", "int"),
            Gather = new("aten::gather"), IndexSelect = new("aten::index_select"), Narrow = new("aten::narrow"), Flip = new("aten::flip"),
            Clone = new("aten::clone"), Contiguous = new("aten::contiguous"), Detach = new("aten::detach"), ToDtype = new("aten::to", "dtype"),
            ToDevice = new("aten::to", "device");

        public Tensor reshape(params long[] shape) => Reshape.Call(this, shape);

        public Tensor transpose(long dim0, long dim1) => Transpose.Call(this, dim0, dim1);

        public Tensor permute(params long[] permutation) => Permute.Call(this, permutation);

        public Tensor unsqueeze(long dim) => Unsqueeze.Call(this, dim);

        public Tensor expand(params long[] sizes) => Expand.Call(this, sizes);

        public Tensor[] chunk(long chunks, long dim = 0L) => Chunk.CallMany(this, chunks, dim);

        public Tensor[] unbind(long dimension = 0L) => Unbind.CallMany(this, dimension);

        public Tensor gather(long dim, Tensor index) => Gather.Call(this, dim, index);

        public Tensor index_select(long dim, Tensor index) => IndexSelect.Call(this, dim, index);

        public Tensor narrow(long dim, long start, long length) => Narrow.Call(this, dim, start, length);

        public Tensor flip(params long[] dims) => Flip.Call(this, dims);

        public Tensor clone() => Clone.Call(this);

        public Tensor contiguous() => Contiguous.Call(this);

        public Tensor detach() => Detach.Call(this);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            Tensor converted = ToDtype.Call(this, (ScalarType?)type, non_blocking, copy);
            if (disposeAfter)
                Dispose();
            return converted;
        }

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to_type(type, copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false)
        {
            Tensor moved = ToDevice.Call(this, device, (ScalarType?)dtype, non_blocking, copy);
            if (disposeAfter)
                Dispose();
            return moved;
        }
    }
}
