using Realtime.Trainer.Nets;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training.Finetuning;

/// <summary>Some or all of a net's own parameters; the others are frozen.</summary>
public sealed class TrainedParameters : ITrainedPart
{
    private TrainedParameters(nn.Module net, IEnumerable<(string Name, Parameter Parameter)> chosen)
    {
        Parameters = [.. chosen];
        foreach (Parameter parameter in net.parameters())
            parameter.requires_grad = false;
        foreach ((_, Parameter parameter) in Parameters)
            parameter.requires_grad = true;
        Weights = [.. Parameters.Select(p => (p.Name, (Tensor)p.Parameter))];
    }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Parameter Parameter)> Parameters { get; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Tensor Tensor)> Weights { get; private init; }

    /// <summary>The whole net, its buffers included: training, and the plain fine-tuning of MAEP's Tables 13 and 14.</summary>
    public static TrainedParameters All(nn.Module net)
    {
        ArgumentNullException.ThrowIfNull(net);
        return new(net, net.named_parameters()) { Weights = Training.Weights.Of(net) };
    }

    /// <summary>The decoder alone, by its own weights.</summary>
    public static TrainedParameters Decoder(MaskedAutoencoderPurifier net)
    {
        ArgumentNullException.ThrowIfNull(net);
        return new(net, net.DecoderParameters());
    }

    /// <inheritdoc/>
    public void AsPlain(Action use)
    {
        ArgumentNullException.ThrowIfNull(use);
        use();
    }

    /// <summary>Nothing: the parameters are the net's.</summary>
    public void Dispose()
    {
    }
}
