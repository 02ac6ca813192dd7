namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Op AddTensor = new("aten::add", "Tensor"), AddScalar = new("aten::add", "Scalar"),
            SubTensor = new("aten::sub", "Tensor"), SubScalar = new("aten::sub", "Scalar"),
            MulTensor = new("aten::mul", "Tensor"), MulScalar = new("aten::mul", "Scalar"),
            DivTensor = new("aten::div", "Tensor"), DivScalar = new("aten::div", "Scalar"), Negative = new("aten::neg"),
            AddTensorIn = new("aten::add_", "Tensor"), AddScalarIn = new("aten::add_", "Scalar"), MulTensorIn = new("aten::mul_", "Tensor"),
            MulScalarIn = new("aten::mul_", "Scalar"), AddcmulIn = new("aten::addcmul_"), AddcdivIn = new("aten::addcdiv_"),
            ZeroIn = new("aten::zero_"), CopyIn = new("aten::copy_"), ClampIn = new("aten::clamp_");

        public Tensor add(Tensor target) => AddTensor.Call(this, target);

        public Tensor add(Scalar scalar) => AddScalar.Call(this, scalar);

        public Tensor sub(Tensor target) => SubTensor.Call(this, target);

        public Tensor sub(Scalar scalar) => SubScalar.Call(this, scalar);

        public Tensor mul(Tensor target) => MulTensor.Call(this, target);

        public Tensor mul(Scalar scalar) => MulScalar.Call(this, scalar);

        public Tensor div(Tensor target) => DivTensor.Call(this, target);

        public Tensor div(Scalar scalar) => DivScalar.Call(this, scalar);

        public Tensor neg() => Negative.Call(this);

        public Tensor add_(Tensor target) => AddTensorIn.CallInPlace(this, this, target);

        public Tensor add_(Tensor target, Scalar alpha) => AddTensorIn.CallInPlace(this, this, target, alpha);

        public Tensor add_(Scalar scalar) => AddScalarIn.CallInPlace(this, this, scalar);

        public Tensor mul_(Tensor target) => MulTensorIn.CallInPlace(this, this, target);

        public Tensor mul_(Scalar scalar) => MulScalarIn.CallInPlace(this, this, scalar);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => AddcmulIn.CallInPlace(this, this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => AddcdivIn.CallInPlace(this, this, tensor1, tensor2, value);

        public Tensor zero_() => ZeroIn.CallInPlace(this, this);

        public Tensor copy_(Tensor source, bool nonBlocking = false) => CopyIn.CallInPlace(this, this, source, nonBlocking);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => ClampIn.CallInPlace(this, this, min, max);

        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        public static Tensor operator -(Tensor tensor) => tensor.neg();
    }
}
