using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>Stochastic gradient descent with Nesterov momentum and L2 weight decay, as residual networks are trained.</summary>
public sealed class Sgd : IOptimizer
{
    private readonly (string Name, Parameter Parameter, Tensor Momentum)[] items;
    private readonly double momentum;
    private readonly double weightDecay;

    /// <summary>Creates the optimiser.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="momentum">Momentum, 0.9 as a rule.</param>
    /// <param name="weightDecay">L2 penalty on weights; one-dimensional parameters (norms, biases) are exempt.</param>
    public Sgd(IEnumerable<(string Name, Parameter Parameter)> parameters, double momentum, double weightDecay)
    {
        items = [.. parameters.Select(p => (p.Name, p.Parameter, zeros(p.Parameter.shape).DetachFromDisposeScope()))];
        this.momentum = momentum;
        this.weightDecay = weightDecay;
    }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Tensor Tensor)> State => items.Select(i => ($"momentum.{i.Name}", i.Momentum));

    /// <inheritdoc/>
    public void Step(double learningRate, long step)
    {
        using IDisposable still = no_grad();
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        foreach ((_, Parameter parameter, Tensor velocity) in items)
        {
            if (parameter.grad is not Tensor gradient)
                continue;
            if (weightDecay > 0 && parameter.Dimensions > 1)
                gradient.add_(parameter, weightDecay);
            velocity.mul_(momentum).add_(gradient);
            gradient.add_(velocity, momentum);              // Nesterov: look ahead along the momentum
            parameter.add_(gradient, -learningRate);
            parameter.grad = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, _, Tensor velocity) in items)
            velocity.Dispose();
    }
}
