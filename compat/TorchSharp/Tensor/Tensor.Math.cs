namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Op Matmul = new("aten::matmul"), Mean = new("aten::mean"), MeanDim = new("aten::mean", "dim"), Sum = new("aten::sum"),
            SumDim = new("aten::sum", "dim_IntList"), Abs = new("aten::abs"), Sign = new("aten::sign"), Sqrt = new("aten::sqrt"),
            Clamp = new("aten::clamp"), Argmax = new("aten::argmax"), Argsort = new("aten::argsort"), EqTensor = new("aten::eq", "Tensor"),
            PowScalar = new("aten::pow", "Tensor_Scalar"), IsFinite = new("aten::isfinite"), Exp = new("aten::exp"), Log = new("aten::log"), All = new("aten::all");

        public Tensor matmul(Tensor target) => Matmul.Call(this, target);

        public Tensor mean() => Mean.Call(this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => MeanDim.Call(this, dimensions, keepdim, type);

        public Tensor sum(ScalarType? type = null) => Sum.Call(this, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => SumDim.Call(this, new[] { dim }, keepdim, type);

        public Tensor abs() => Abs.Call(this);

        public Tensor sign() => Sign.Call(this);

        public Tensor sqrt() => Sqrt.Call(this);

        public Tensor exp() => Exp.Call(this);

        public Tensor log() => Log.Call(this);

        public Tensor pow(Scalar exponent) => PowScalar.Call(this, exponent);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Clamp.Call(this, min, max);

        public Tensor argmax(long dim, bool keepdim = false) => Argmax.Call(this, dim, keepdim);

        public Tensor argsort(long dim = -1, bool descending = false) => Argsort.Call(this, dim, descending);

        public Tensor eq(Tensor target) => EqTensor.Call(this, target);

        public Tensor isfinite() => IsFinite.Call(this);

        public Tensor all() => All.Call(this);
    }
}
