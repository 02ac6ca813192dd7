using Realtime.Filter.Errors;
using Realtime.Trainer.Nets;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training.Finetuning;

/// <summary>
/// LoRA on the decoder (MAEP, section 4.4 and Fig. 1): every weight of the purifier is frozen, and low-rank branches beside the decoder's linear layers are
/// trained. Rank, alpha and layers are not in the paper.
/// </summary>
public sealed class LowRankAdaptation : ITrainedPart
{
    // What a user calls a part of a block, and the layers of TransformerBlock.Linears that it is.
    private static readonly Dictionary<string, string[]> Layers = new() { ["qkv"] = ["qkv"], ["projection"] = ["projection"], ["mlp"] = ["expand", "contract"] };

    private readonly (string Name, MixedLinear Layer, LowRankBranch Branch)[] items;

    /// <summary>Freezes the net and attaches branches; its outputs stay what they are until a step is taken.</summary>
    /// <param name="net">The purifier.</param>
    /// <param name="rank">Rank of a branch, 1 to the smaller edge of the smallest layer.</param>
    /// <param name="alpha">Scale of a branch in units of 1 / rank, above 0.</param>
    /// <param name="targets">Which layers, some of <see cref="Targets"/>.</param>
    /// <exception cref="UserErrorException">The net has no decoder blocks (<see cref="ExitCode.ModelRejected"/>), or a value is out of range.</exception>
    public LowRankAdaptation(MaskedAutoencoderPurifier net, int rank, double alpha, IReadOnlyCollection<string> targets)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(targets);
        if (net.Decoder.Count == 0)
            throw new UserErrorException(ExitCode.ModelRejected, "--method lora: the purifier's decoder has no transformer blocks to attach branches to. Use --method decoder or full.");
        if (targets.FirstOrDefault(t => !Layers.ContainsKey(t)) is string unknown)
            throw new UserErrorException(ExitCode.Usage, $"--targets: '{unknown}' is unknown; known are {string.Join(", ", Targets)}, separated by commas.");
        if (targets.Count == 0)
            throw new UserErrorException(ExitCode.Usage, $"--targets is empty; name at least one of {string.Join(", ", Targets)}.");
        if (!(alpha > 0 && double.IsFinite(alpha)))
            throw new UserErrorException(ExitCode.Usage, FormattableString.Invariant($"--alpha must be above 0, found {alpha}."));

        HashSet<string> names = [.. targets.SelectMany(t => Layers[t])];
        (string Name, MixedLinear Layer)[] layers =
            [.. net.Decoder.SelectMany((block, i) => block.Linears.Where(l => names.Contains(l.Name)).Select(l => ($"decoder.{i}.{l.Name}", l.Layer)))];
        long most = layers.Min(l => l.Layer.Weight.shape.Min());
        if (rank < 1 || rank > most)
            throw new UserErrorException(ExitCode.Usage, $"--rank must be 1 to {most}, the smaller edge of the smallest layer it is for, found {rank}.");

        Training.Weights.Freeze(net);
        items = [.. layers.Select(l => (l.Name, l.Layer, Attach(l.Layer, rank, alpha)))];
    }

    /// <summary>What branches can be attached to: the attention's common input layer, its output layer, and the two layers of the perceptron.</summary>
    public static IReadOnlyCollection<string> Targets => Layers.Keys;

    /// <inheritdoc/>
    public IEnumerable<(string Name, Parameter Parameter)> Parameters =>
        items.SelectMany(i => i.Branch.named_parameters().Select(p => ($"{i.Name}.lora.{p.name}", p.parameter)));

    /// <inheritdoc/>
    public IEnumerable<(string Name, Tensor Tensor)> Weights => Parameters.Select(p => (p.Name, (Tensor)p.Parameter));

    /// <inheritdoc/>
    public void AsPlain(Action use)
    {
        ArgumentNullException.ThrowIfNull(use);
        // Copies, not a subtraction afterwards: rounding would let the frozen weights drift.
        Tensor[] frozen = [.. items.Select(i => i.Layer.Weight.detach().clone())];
        try
        {
            foreach ((_, MixedLinear layer, LowRankBranch branch) in items)
                Merge(layer, branch);
            use();
        }
        finally
        {
            foreach (((_, MixedLinear layer, LowRankBranch branch), Tensor weight) in items.Zip(frozen))
                Restore(layer, branch, weight);
        }
    }

    /// <summary>Takes the branches off.</summary>
    public void Dispose()
    {
        foreach ((_, MixedLinear layer, LowRankBranch branch) in items)
        {
            layer.Branch = null;
            branch.Dispose();
        }
    }

    private static LowRankBranch Attach(MixedLinear layer, int rank, double alpha) =>
        layer.Branch = new LowRankBranch(layer.Weight.shape[1], layer.Weight.shape[0], rank, alpha, layer.Precision);

    private static void Merge(MixedLinear layer, LowRankBranch branch)
    {
        using IDisposable still = no_grad();
        using DisposeScope scope = NewDisposeScope();
        layer.Weight.add_(branch.Product());
        layer.Branch = null;
    }

    private static void Restore(MixedLinear layer, LowRankBranch branch, Tensor weight)
    {
        using IDisposable still = no_grad();
        layer.Weight.copy_(weight);
        layer.Branch = branch;
        weight.Dispose();
    }
}
