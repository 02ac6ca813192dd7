namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public enum Reduction
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }

        public static partial class functional
        {
            private static readonly Op Linear = new("aten::linear"), Conv2d = new("aten::conv2d"), LayerNorm = new("aten::layer_norm"),
                BatchNorm = new("aten::batch_norm"), Gelu = new("aten::gelu"), Relu = new("aten::relu"), Softmax = new("aten::softmax", "int"),
                LogSoftmax = new("aten::log_softmax", "int"), CrossEntropy = new("aten::cross_entropy_loss"), L1 = new("aten::l1_loss");

            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Linear.Call(input, weights, bias);

            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                Conv2d.Call(input, weight, bias, strides ?? [1, 1], padding ?? [0, 0], dilation ?? [1, 1], groups);

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                LayerNorm.Call(input, normalized_shape, weight, bias, eps);

            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5) =>
                BatchNorm.Call(input, weight, bias, running_mean, running_var, training, momentum, eps, false);

            public static Tensor gelu(Tensor x) => Gelu.Call(x);

            public static Tensor relu(Tensor x, bool inplace = false) => Relu.Call(x);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => Softmax.Call(input, dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => LogSoftmax.Call(x, dim);

            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                CrossEntropy.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => L1.Call(input, target, (long)reduction);
        }
    }
}
