using System.Text.Json;
using Realtime.Filter.Errors;
using Realtime.Trainer.Nets;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>Trained weights with all that is needed to rebuild the net: what a training run leaves and the exporter takes.</summary>
public static class Weights
{
    /// <summary>The file name's ending.</summary>
    public const string Ending = ".weights.safetensors";

    /// <summary>Every parameter and buffer of a net by name.</summary>
    public static IEnumerable<(string Name, Tensor Tensor)> Of(nn.Module net)
    {
        ArgumentNullException.ThrowIfNull(net);
        return [.. net.named_parameters().Select(p => (p.name, (Tensor)p.parameter)), .. net.named_buffers()];
    }

    /// <summary>Writes a net.</summary>
    /// <param name="path">The file.</param>
    /// <param name="net">The net, with the weights to keep in place.</param>
    /// <param name="architecture">Its shape, a record that JSON can carry.</param>
    /// <param name="facts">Recipe, result, labels: what the model's card will say.</param>
    public static void Save(string path, nn.Module net, object architecture, IReadOnlyDictionary<string, string> facts)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        Dictionary<string, string> metadata = new(facts) { ["kind"] = architecture is IPurifierArchitecture ? "purifier" : "classifier", ["architecture"] = JsonSerializer.Serialize(architecture) };
        Safetensors.Write(path, Of(net), metadata);
    }

    /// <summary>Reads a classifier, in evaluation mode and without gradients for its weights.</summary>
    public static ResNetClassifier LoadClassifier(string path, ScalarType compute)
    {
        ResNetClassifier net = new(JsonSerializer.Deserialize<ClassifierArchitecture>(Architecture(path, "classifier"))!, new Precision(compute));
        return Fill(net, path);
    }

    /// <summary>Reads a purifier of any kind, in evaluation mode and without gradients for its weights.</summary>
    public static PurifierNet LoadPurifier(string path, ScalarType compute)
    {
        PurifierNet net = PurifierKinds.Read(path, Architecture(path, "purifier")).Create(new Precision(compute));
        return Fill(net, path);
    }

    /// <summary>Starts <paramref name="net"/> from another purifier's weights: every tensor of the same name and shape is taken over.</summary>
    /// <remarks>Between patch sizes only the positions and the layers at the patches' edges differ, so nearly all is taken.</remarks>
    /// <returns>How many tensors were taken, and of how many.</returns>
    public static (int Taken, int Total) WarmStart(PurifierNet net, PurifierNet other)
    {
        using IDisposable still = no_grad();
        Dictionary<string, Tensor> theirs = Of(other).ToDictionary(w => w.Name, w => w.Tensor);
        (string Name, Tensor Tensor)[] ours = [.. Of(net)];
        int taken = 0;
        foreach ((string name, Tensor tensor) in ours)
        {
            if (!theirs.TryGetValue(name, out Tensor? from) || !from.shape.SequenceEqual(tensor.shape))
                continue;
            tensor.copy_(from);
            taken++;
        }

        return (taken, ours.Length);
    }

    /// <summary>Puts a net into evaluation mode and takes its weights out of gradients.</summary>
    internal static T Freeze<T>(T net)
        where T : nn.Module
    {
        net.eval();
        foreach (TorchSharp.Modules.Parameter parameter in net.parameters())
            parameter.requires_grad = false;
        return net;
    }

    private static string Architecture(string path, string kind)
    {
        IReadOnlyDictionary<string, string> metadata = Safetensors.ReadMetadata(path);
        string found = metadata.GetValueOrDefault("kind", "checkpoint");
        if (found != kind)
            throw new UserErrorException(ExitCode.ModelRejected, $"{path}: holds a {found}, a {kind} is needed here (a file NAME{Ending} that './realtime train {kind}' left).");
        return metadata["architecture"];
    }

    private static T Fill<T>(T net, string path)
        where T : nn.Module
    {
        using IDisposable still = no_grad();
        Safetensors.Read(path, Of(net));
        return Freeze(net);
    }
}
