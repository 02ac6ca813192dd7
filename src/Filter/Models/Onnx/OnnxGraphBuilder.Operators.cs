namespace Realtime.Filter.Models.Onnx;

/// <content>The operators of our networks.</content>
public sealed partial class OnnxGraphBuilder
{
    /// <summary>2-D convolution, [N, C, H, W] with weight [M, C / group, kH, kW] -> [N, M, H', W'].</summary>
    /// <param name="x">Input.</param>
    /// <param name="weight">Name of the weight.</param>
    /// <param name="bias">Name of the bias [M], or null.</param>
    /// <param name="stride">Step in both directions.</param>
    /// <param name="padding">Zeros at all four sides.</param>
    /// <param name="group">Number of groups.</param>
    public string Conv(string x, string weight, string? bias = null, long stride = 1, long padding = 0, long group = 1) =>
        Conv(x, weight, bias, [stride, stride], [padding, padding, padding, padding], group);

    /// <summary>2-D convolution with all settings.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="weight">Name of the weight [M, C / group, kH, kW].</param>
    /// <param name="bias">Name of the bias [M], or null.</param>
    /// <param name="strides">Vertical, horizontal.</param>
    /// <param name="pads">Top, left, bottom, right.</param>
    /// <param name="group">Number of groups.</param>
    public string Conv(string x, string weight, string? bias, long[] strides, long[] pads, long group = 1) =>
        Node("Conv", bias is null ? [x, weight] : [x, weight, bias], OnnxAttribute.Of("strides", strides), OnnxAttribute.Of("pads", pads), OnnxAttribute.Of("group", group));

    /// <summary>2-D transposed convolution, [N, C, H, W] with weight [C, M / group, kH, kW] -> [N, M, H', W'].</summary>
    /// <param name="x">Input.</param>
    /// <param name="weight">Name of the weight.</param>
    /// <param name="bias">Name of the bias [M], or null.</param>
    /// <param name="strides">Vertical, horizontal.</param>
    /// <param name="pads">Top, left, bottom, right: taken away from the output.</param>
    /// <param name="outputPadding">Added at the bottom and the right, below the stride; null for none.</param>
    /// <param name="group">Number of groups.</param>
    public string ConvTranspose(string x, string weight, string? bias, long[] strides, long[] pads, long[]? outputPadding = null, long group = 1) =>
        Node(
            "ConvTranspose",
            bias is null ? [x, weight] : [x, weight, bias],
            OnnxAttribute.Of("strides", strides),
            OnnxAttribute.Of("pads", pads),
            OnnxAttribute.Of("output_padding", outputPadding ?? [0, 0]),
            OnnxAttribute.Of("group", group));

    /// <summary>Matrix product over the last two dimensions, with broadcasting of the others.</summary>
    public string MatMul(string a, string b) => Node("MatMul", [a, b]);

    /// <summary>Torch's Linear on the last dimension: x W^T + b, with the weight in torch's layout [out, in]. The transpose is folded on loading.</summary>
    public string Linear(string x, string weight, string? bias)
    {
        string product = MatMul(x, Transpose(weight, 1, 0));
        return bias is null ? product : Add(product, bias);
    }

    /// <summary>a b + c for matrices; <paramref name="transposeB"/> takes torch's [out, in] weights as they are.</summary>
    public string Gemm(string a, string b, string? c = null, bool transposeA = false, bool transposeB = false) =>
        Node("Gemm", c is null ? [a, b] : [a, b, c], OnnxAttribute.Of("transA", transposeA ? 1 : 0), OnnxAttribute.Of("transB", transposeB ? 1 : 0));

    /// <summary>a + b, broadcast.</summary>
    public string Add(string a, string b) => Node("Add", [a, b]);

    /// <summary>a - b, broadcast.</summary>
    public string Sub(string a, string b) => Node("Sub", [a, b]);

    /// <summary>a * b, broadcast.</summary>
    public string Mul(string a, string b) => Node("Mul", [a, b]);

    /// <summary>a / b, broadcast.</summary>
    public string Div(string a, string b) => Node("Div", [a, b]);

    /// <summary>-x.</summary>
    public string Neg(string x) => Node("Neg", [x]);

    /// <summary>max(x, 0).</summary>
    public string Relu(string x) => Node("Relu", [x]);

    /// <summary>x times the normal distribution function of x: the exact (erf) form, torch's default.</summary>
    public string Gelu(string x) => Node("Gelu", [x], OnnxAttribute.Of("approximate", "none"));

    /// <summary>1 / (1 + exp(-x)).</summary>
    public string Sigmoid(string x) => Node("Sigmoid", [x]);

    /// <summary>Hyperbolic tangent.</summary>
    public string Tanh(string x) => Node("Tanh", [x]);

    /// <summary>Normalises the last dimension to mean 0 and variance 1, then scales and shifts.</summary>
    /// <param name="x">[..., C].</param>
    /// <param name="weight">Name of the scale [C].</param>
    /// <param name="bias">Name of the shift [C].</param>
    /// <param name="epsilon">Added to the variance.</param>
    public string LayerNormalization(string x, string weight, string bias, float epsilon = 1e-5f) =>
        Node("LayerNormalization", [x, weight, bias], OnnxAttribute.Of("axis", -1), OnnxAttribute.Of("epsilon", epsilon));

    /// <summary>Batch normalisation with stored statistics, [N, C, H, W]; ONNX Runtime folds it into the convolution before it.</summary>
    /// <param name="x">Input.</param>
    /// <param name="weight">Name of the scale [C].</param>
    /// <param name="bias">Name of the shift [C].</param>
    /// <param name="mean">Name of the running mean [C].</param>
    /// <param name="variance">Name of the running variance [C].</param>
    /// <param name="epsilon">Added to the variance.</param>
    public string BatchNormalization(string x, string weight, string bias, string mean, string variance, float epsilon = 1e-5f) =>
        Node("BatchNormalization", [x, weight, bias, mean, variance], OnnxAttribute.Of("epsilon", epsilon));

    /// <summary>Softmax along <paramref name="axis"/>.</summary>
    public string Softmax(string x, long axis = -1) => Node("Softmax", [x], OnnxAttribute.Of("axis", axis));

    /// <summary>Logarithm of the softmax along <paramref name="axis"/>.</summary>
    public string LogSoftmax(string x, long axis = -1) => Node("LogSoftmax", [x], OnnxAttribute.Of("axis", axis));

    /// <summary>Reorders the dimensions: output dimension i is input dimension <paramref name="permutation"/>[i].</summary>
    public string Transpose(string x, params long[] permutation) => Node("Transpose", [x], OnnxAttribute.Of("perm", permutation));

    /// <summary>Gives the same elements another shape; 0 keeps the input's size at that place (the batch), one -1 takes what is left.</summary>
    public string Reshape(string x, params long[] shape) => Node("Reshape", [x, Indices(shape)]);

    /// <summary>[N, ...] -> [N, product of the rest].</summary>
    public string Flatten(string x) => Node("Flatten", [x], OnnxAttribute.Of("axis", 1));

    /// <summary>Joins values along <paramref name="axis"/>.</summary>
    public string Concat(long axis, params string[] values) => Node("Concat", values, OnnxAttribute.Of("axis", axis));

    /// <summary>Cuts a value into pieces of the given sizes along <paramref name="axis"/>.</summary>
    public string[] Split(string x, long axis, params long[] sizes) => Nodes("Split", [x, Indices(sizes)], sizes.Length, OnnxAttribute.Of("axis", axis));

    /// <summary>Takes [start, end) along one axis; a negative bound counts from the end.</summary>
    public string Slice(string x, long axis, long start, long end, long step = 1) =>
        Node("Slice", [x, Indices(start), Indices(end), Indices(axis), Indices(step)]);

    /// <summary>[N, C, H, W] -> [N, C, 1, 1], the mean over the picture.</summary>
    public string GlobalAveragePool(string x) => Node("GlobalAveragePool", [x]);

    /// <summary>Mean over square windows without padding.</summary>
    public string AveragePool(string x, long kernel, long stride) =>
        Node("AveragePool", [x], OnnxAttribute.Of("kernel_shape", [kernel, kernel]), OnnxAttribute.Of("strides", [stride, stride]));

    /// <summary>Maximum over square windows without padding.</summary>
    public string MaxPool(string x, long kernel, long stride) =>
        Node("MaxPool", [x], OnnxAttribute.Of("kernel_shape", [kernel, kernel]), OnnxAttribute.Of("strides", [stride, stride]));

    /// <summary>Mean over <paramref name="axes"/>.</summary>
    public string ReduceMean(string x, bool keepDimensions, params long[] axes) =>
        Node("ReduceMean", [x, Indices(axes)], OnnxAttribute.Of("keepdims", keepDimensions ? 1 : 0));

    /// <summary>Sum over <paramref name="axes"/>.</summary>
    public string ReduceSum(string x, bool keepDimensions, params long[] axes) =>
        Node("ReduceSum", [x, Indices(axes)], OnnxAttribute.Of("keepdims", keepDimensions ? 1 : 0));

    /// <summary>[N, C * s * s, H, W] -> [N, C, H * s, W * s]. Torch's pixel_shuffle is the order "channels first" (CRD).</summary>
    /// <param name="x">Input.</param>
    /// <param name="blockSize">s.</param>
    /// <param name="channelsFirst">True: channel index c * s * s + dy * s + dx (pixel_shuffle); false: (dy * s + dx) * C + c.</param>
    public string DepthToSpace(string x, long blockSize, bool channelsFirst = true) =>
        Node("DepthToSpace", [x], OnnxAttribute.Of("blocksize", blockSize), OnnxAttribute.Of("mode", channelsFirst ? "CRD" : "DCR"));

    /// <summary>Limits every element.</summary>
    public string Clip(string x, float low, float high) => Node("Clip", [x, Constant(low), Constant(high)]);
}
