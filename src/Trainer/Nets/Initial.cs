using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Realtime.Trainer.Nets;

/// <summary>Initial values of parameters.</summary>
internal static class Initial
{
    /// <summary>He et al. 2015 for layers before a ReLU: normal with variance 2 / fan-in.</summary>
    internal static Parameter He(long fanIn, params long[] shape) => Normal(Math.Sqrt(2.0 / fanIn), shape);

    /// <summary>Xavier, normal with variance 2 / (fan-in + fan-out), as the MAE paper initialises its linear layers.</summary>
    internal static Parameter Xavier(long fanIn, long fanOut, params long[] shape) => Normal(Math.Sqrt(2.0 / (fanIn + fanOut)), shape);

    internal static Parameter Normal(double deviation, params long[] shape)
    {
        using Tensor unit = randn(shape);
        return new Parameter(unit.mul(deviation));
    }

    internal static Parameter Zeros(params long[] shape) => new(zeros(shape));

    internal static Parameter Ones(params long[] shape) => new(ones(shape));
}
