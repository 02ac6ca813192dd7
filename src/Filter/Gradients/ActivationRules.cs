using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Gradients;

/// <summary>Functions of single elements: the gradient is that of the output times the slope.</summary>
internal sealed class ActivationRules(Backward backward)
{
    private readonly OnnxGraphBuilder g = backward.G;

    /// <summary>The gradient of the first input, or null where the operator has no rule here.</summary>
    public string? Of(OnnxNode node, string dy)
    {
        string x = node.Inputs[0], y = node.Outputs[0];
        return node.OpType switch
        {
            "Identity" or "Dropout" => dy,
            "QuantizeLinear" or "DequantizeLinear" => dy,   // straight through: the pair of them only rounds (BPDA)
            "Cast" when node.Attribute("to", 0L) == (long)OnnxElementType.Float => dy,
            "Neg" => g.Neg(dy),
            "Relu" => g.Mul(dy, Mask(y)),
            "LeakyRelu" => Chosen(x, dy, g.Mul(dy, g.Constant(node.Attribute("alpha", 0.01f)))),
            "PRelu" => Chosen(x, dy, g.Mul(dy, node.Inputs[1])),
            "Elu" => Chosen(x, dy, g.Mul(dy, g.Add(y, g.Constant(node.Attribute("alpha", 1f))))),
            "Selu" => Selu(node, dy),
            "Sigmoid" => g.Mul(dy, g.Mul(y, g.Sub(g.Constant(1), y))),
            "HardSigmoid" => g.Mul(dy, g.Mul(Inside(y, 0, 1), g.Constant(node.Attribute("alpha", 0.2f)))),
            "HardSwish" => HardSwish(x, dy),
            "Softplus" => g.Mul(dy, g.Sigmoid(x)),
            "Tanh" => g.Mul(dy, g.Sub(g.Constant(1), g.Mul(y, y))),
            "Gelu" => Gelu(node, dy),
            "Erf" => g.Mul(dy, g.Mul(g.Node("Exp", [g.Neg(g.Mul(x, x))]), g.Constant((float)(2 / Math.Sqrt(Math.PI))))),
            "Exp" => g.Mul(dy, y),
            "Log" => g.Div(dy, x),
            "Sqrt" => g.Div(g.Mul(dy, g.Constant(0.5f)), y),
            "Reciprocal" => g.Neg(g.Mul(dy, g.Mul(y, y))),
            "Abs" => g.Mul(dy, g.Node("Sign", [x])),
            "Clip" => backward.IsStraightThrough(node) ? dy : g.Mul(dy, AsFloat(g.Node("Equal", [x, y]))),
            _ => null,
        };
    }

    /// <summary>
    /// 1 where a Relu let its input through, 0 elsewhere, from the Relu's output (taking its input would keep ONNX Runtime from fusing it into the
    /// convolution). Exact for every normal number, and faster there than Sign, than Greater with Cast, and than Where.
    /// </summary>
    private string Mask(string y) => g.Clip(g.Mul(y, g.Constant(1e38f)), 0, 1);

    private string AsFloat(string condition) => g.Node("Cast", [condition], OnnxAttribute.Of("to", (long)OnnxElementType.Float));

    private string Inside(string value, float low, float high) =>
        AsFloat(g.Node("And", [g.Node("Greater", [value, g.Constant(low)]), g.Node("Less", [value, g.Constant(high)])]));

    private string Chosen(string x, string positive, string negative) => g.Node("Where", [g.Node("Greater", [x, g.Constant(0)]), positive, negative]);

    private string Selu(OnnxNode node, string dy)
    {
        float alpha = node.Attribute("alpha", 1.67326319217681884765625f), gamma = node.Attribute("gamma", 1.05070102214813232421875f);
        return Chosen(node.Inputs[0], g.Mul(dy, g.Constant(gamma)), g.Mul(dy, g.Add(node.Outputs[0], g.Constant(alpha * gamma))));
    }

    /// <summary>x * clip(x / 6 + 1/2, 0, 1): slope 0 below -3, 1 above 3, x / 3 + 1/2 between.</summary>
    private string HardSwish(string x, string dy)
    {
        string slope = g.Add(g.Mul(x, g.Constant(1 / 3f)), g.Constant(0.5f));
        string far = g.Clip(g.Mul(x, g.Constant(1e38f)), 0, 1);
        return g.Mul(dy, g.Node("Where", [g.Node("Less", [g.Node("Abs", [x]), g.Constant(3)]), slope, far]));
    }

    private string Gelu(OnnxNode node, string dy)
    {
        string x = node.Inputs[0];
        string square = g.Mul(x, x);
        if (node.Attribute("approximate", "none") == "none")
        {
            // Phi(x) + x phi(x), of the normal distribution.
            string share = g.Add(g.Mul(g.Node("Erf", [g.Mul(x, g.Constant((float)Math.Sqrt(0.5)))]), g.Constant(0.5f)), g.Constant(0.5f));
            string density = g.Mul(g.Node("Exp", [g.Mul(square, g.Constant(-0.5f))]), g.Constant((float)(1 / Math.Sqrt(2 * Math.PI))));
            return g.Mul(dy, g.Add(share, g.Mul(x, density)));
        }

        // (1 + t) / 2 + x / 2 (1 - t^2) c (1 + 3 b x^2) with t = tanh(c (x + b x^3)).
        const float B = 0.044715f;
        float c = (float)Math.Sqrt(2 / Math.PI);
        string t = g.Tanh(g.Mul(g.Mul(x, g.Constant(c)), g.Add(g.Mul(square, g.Constant(B)), g.Constant(1))));
        string inner = g.Add(g.Mul(square, g.Constant(1.5f * B * c)), g.Constant(0.5f * c));
        string bend = g.Mul(g.Mul(x, inner), g.Sub(g.Constant(1), g.Mul(t, t)));
        return g.Mul(dy, g.Add(bend, g.Add(g.Mul(t, g.Constant(0.5f)), g.Constant(0.5f))));
    }
}
