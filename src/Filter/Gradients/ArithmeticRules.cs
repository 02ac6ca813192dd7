using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Gradients;

/// <summary>Operators on several values that are repeated to one shape.</summary>
internal sealed class ArithmeticRules(Backward backward)
{
    private readonly OnnxGraphBuilder g = backward.G;

    /// <summary>Applies the rule of <paramref name="node"/>, if it has one here.</summary>
    public bool TryApply(OnnxNode node, string dy)
    {
        string y = node.Outputs[0];
        switch (node.OpType)
        {
            case "Add" or "Sum":
                for (int i = 0; i < node.Inputs.Count; i++)
                    backward.AddRepeated(node, i, () => dy);
                return true;
            case "Sub":
                backward.AddRepeated(node, 0, () => dy);
                backward.AddRepeated(node, 1, () => g.Neg(dy));
                return true;
            case "Mul":
                backward.AddRepeated(node, 0, () => g.Mul(dy, node.Inputs[1]));
                backward.AddRepeated(node, 1, () => g.Mul(dy, node.Inputs[0]));
                return true;
            case "Div":
                backward.AddRepeated(node, 0, () => g.Div(dy, node.Inputs[1]));
                backward.AddRepeated(node, 1, () => g.Neg(g.Div(g.Mul(dy, y), node.Inputs[1])));
                return true;
            case "Pow" when backward.OnlyFirstActive(node):
                backward.AddRepeated(node, 0, () => g.Mul(dy, g.Mul(node.Inputs[1], g.Node("Pow", [node.Inputs[0], g.Sub(node.Inputs[1], g.Constant(1))]))));
                return true;
            case "Max" or "Min":
                for (int i = 0; i < node.Inputs.Count; i++)
                {
                    string input = node.Inputs[i];
                    backward.AddRepeated(node, i, () => g.Node("Where", [g.Node("Equal", [input, y]), dy, g.Constant(0)]));
                }

                return true;
            case "Where" when !backward.IsActive(node.Inputs[0]):
                backward.AddRepeated(node, 1, () => g.Node("Where", [node.Inputs[0], dy, g.Constant(0)]));
                backward.AddRepeated(node, 2, () => g.Node("Where", [node.Inputs[0], g.Constant(0), dy]));
                return true;
            case "Expand":
                backward.AddRepeated(node, 0, () => dy);
                return true;
            default:
                return false;
        }
    }
}
