using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019).</summary>
public sealed class AdamW : IOptimizer
{
    private const double Epsilon = 1e-8;

    private readonly (string Name, Parameter Parameter, Tensor First, Tensor Second)[] items;
    private readonly double beta1;
    private readonly double beta2;
    private readonly double weightDecay;

    /// <summary>Creates the optimiser.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="beta1">Decay of the first moment, 0.9 for MAE recipes.</param>
    /// <param name="beta2">Decay of the second moment, 0.95 for MAE recipes.</param>
    /// <param name="weightDecay">Decoupled decay on weights; one-dimensional parameters (norms, biases) are exempt.</param>
    public AdamW(IEnumerable<(string Name, Parameter Parameter)> parameters, double beta1, double beta2, double weightDecay)
    {
        items = [.. parameters.Select(p => (p.Name, p.Parameter,
            zeros(p.Parameter.shape).DetachFromDisposeScope(), zeros(p.Parameter.shape).DetachFromDisposeScope()))];
        (this.beta1, this.beta2, this.weightDecay) = (beta1, beta2, weightDecay);
    }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Tensor Tensor)> State =>
        items.SelectMany(i => new[] { ($"first.{i.Name}", i.First), ($"second.{i.Name}", i.Second) });

    /// <inheritdoc/>
    public void Step(double learningRate, long step)
    {
        using IDisposable still = no_grad();
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        double correction1 = 1 - Math.Pow(beta1, step);
        double correction2 = Math.Sqrt(1 - Math.Pow(beta2, step));
        foreach ((_, Parameter parameter, Tensor first, Tensor second) in items)
        {
            if (parameter.grad is not Tensor gradient)
                continue;
            if (weightDecay > 0 && parameter.Dimensions > 1)
                parameter.mul_(1 - learningRate * weightDecay);
            first.mul_(beta1).add_(gradient, 1 - beta1);
            second.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
            Tensor denominator = second.sqrt().mul_(1 / correction2).add_(Epsilon);
            parameter.addcdiv_(first, denominator, -learningRate / correction1);
            parameter.grad = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, _, Tensor first, Tensor second) in items)
        {
            first.Dispose();
            second.Dispose();
        }
    }
}
