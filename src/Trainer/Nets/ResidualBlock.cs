using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>The basic block of He et al. 2016: relu(x' + F(x)), F two 3x3 units, x' a strided 1x1 unit where the shape changes.</summary>
public sealed class ResidualBlock : Module<Tensor, Tensor>
{
    private readonly ConvNorm first;
    private readonly ConvNorm second;
    private readonly ConvNorm? shortcut;

    /// <summary>Creates the block.</summary>
    public ResidualBlock(long inputs, long outputs, long stride, Precision precision)
        : base(nameof(ResidualBlock))
    {
        first = new ConvNorm(inputs, outputs, 3, stride, precision);
        second = new ConvNorm(outputs, outputs, 3, 1, precision);
        shortcut = stride == 1 && inputs == outputs ? null : new ConvNorm(inputs, outputs, 1, stride, precision);
        RegisterComponents();
    }

    /// <summary>The units in order; the shortcut is null where x' = x.</summary>
    public (ConvNorm First, ConvNorm Second, ConvNorm? Shortcut) Units => (first, second, shortcut);

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor branch = second.call(functional.relu(first.call(input)));
        Tensor trunk = shortcut is null ? input : shortcut.call(input);
        return functional.relu(branch + trunk);
    }
}
