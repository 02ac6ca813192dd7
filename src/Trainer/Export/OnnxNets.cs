using System.Runtime.InteropServices;
using System.Text.Json;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using static TorchSharp.torch;

namespace Realtime.Trainer.Export;

/// <summary>Rebuilds torch nets from what the exporter wrote (or from a training run's weights): evaluation needs gradients through both.</summary>
public static class OnnxNets
{
    // Batch norms were folded: a norm with this variance is the identity, see ConvNorm.
    private const float IdentityVariance = 1f - 1e-5f;

    /// <summary>Loads a classifier by shipped name, .onnx path or .weights.safetensors path; evaluation mode, no gradients for weights.</summary>
    public static ResNetClassifier LoadClassifier(string nameOrPath, ScalarType compute)
    {
        if (IsWeights(nameOrPath))
            return Weights.LoadClassifier(nameOrPath, compute);
        (string path, OnnxModel model) = Read(nameOrPath, "classifier");
        ResNetClassifier net = new(JsonSerializer.Deserialize<ClassifierArchitecture>(Architecture(path, model))!, new Precision(compute));
        return Fill(net, path, model);
    }

    /// <summary>Loads a purifier of any kind likewise.</summary>
    public static PurifierNet LoadPurifier(string nameOrPath, ScalarType compute)
    {
        if (IsWeights(nameOrPath))
            return Weights.LoadPurifier(nameOrPath, compute);
        (string path, OnnxModel model) = Read(nameOrPath, "purifier");
        PurifierNet net = PurifierKinds.Read(path, Architecture(path, model)).Create(new Precision(compute));
        return Fill(net, path, model);
    }

    private static bool IsWeights(string path) => path.EndsWith(".safetensors", StringComparison.Ordinal);

    private static (string Path, OnnxModel Model) Read(string nameOrPath, string kind)
    {
        string path = ModelCatalog.Resolve(nameOrPath);
        OnnxModel model = OnnxReader.Read(path);
        string found = model.Metadata.GetValueOrDefault("realtime.kind", "model of unknown kind");
        if (found != kind)
            throw new UserErrorException(ExitCode.ModelRejected, $"{path}: a {found}, a {kind} exported by this project is needed here.");
        return (path, model);
    }

    private static string Architecture(string path, OnnxModel model) =>
        model.Metadata.TryGetValue("realtime.architecture", out string? json)
            ? json
            : throw new UserErrorException(ExitCode.ModelRejected, $"{path}: has no entry 'realtime.architecture', so its net cannot be rebuilt; only files of './realtime export' have it.");

    private static T Fill<T>(T net, string path, OnnxModel model)
        where T : nn.Module
    {
        using IDisposable still = no_grad();
        foreach ((string name, Tensor tensor) in Weights.Of(net))
        {
            (string key, float constant) = Source(name);
            Span<float> into = MemoryMarshal.Cast<byte, float>(tensor.bytes);
            if (key.Length == 0)
                into.Fill(constant);
            else if (model.Graph.FindInitializer(key) is OnnxTensor found && found.ElementCount == into.Length)
                found.AsFloats().CopyTo(into);
            else
                throw new UserErrorException(ExitCode.ModelRejected, $"{path}: weight '{key}' with {into.Length} elements is missing.");
        }

        return Weights.Freeze(net);
    }

    /// <summary>Where a torch tensor comes from: an initializer, or a constant (norms that were folded, the mask token that r = 0 never uses).</summary>
    private static (string Key, float Constant) Source(string name)
    {
        if (name.EndsWith(".scale", StringComparison.Ordinal))
            return ("", 1f);
        if (name.EndsWith(".running_mean", StringComparison.Ordinal) || name.EndsWith(".mean", StringComparison.Ordinal) || name == "maskToken")
            return ("", 0f);
        if (name.EndsWith(".running_var", StringComparison.Ordinal) || name.EndsWith(".variance", StringComparison.Ordinal))
            return ("", IdentityVariance);
        return name.EndsWith(".shift", StringComparison.Ordinal) ? (name[..^"shift".Length] + "bias", 0f) : (name, 0f);
    }
}
