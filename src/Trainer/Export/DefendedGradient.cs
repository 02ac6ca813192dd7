using Realtime.Filter.Attacks;
using Realtime.Filter.Errors;
using Realtime.Filter.Gradients;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using static TorchSharp.torch;

namespace Realtime.Trainer.Export;

/// <summary>
/// The full gradient through purifier and classifier on ONNX Runtime, also for the weights that a training run leaves, which are exported to
/// memory first.
/// </summary>
public static class DefendedGradient
{
    /// <summary>Opens the victim of an attacker who knows purifier and classifier.</summary>
    /// <param name="purifier">A shipped purifier, an .onnx file or a .weights.safetensors; null for the classifier alone.</param>
    /// <param name="classifier">A classifier, named likewise; its pictures must be a whole number of the purifier's tiles.</param>
    /// <param name="threads">Cores to use; all of them where null.</param>
    /// <exception cref="UserErrorException">A file is missing, is something else, does not fit the other, or has an operator without a gradient rule (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static OnnxGradient Open(string? purifier, string classifier, int? threads = null)
    {
        (OnnxModel? first, string firstName) = purifier is null ? (null, "") : Read(purifier, isPurifier: true);
        (OnnxModel second, string secondName) = Read(classifier, isPurifier: false);
        return OnnxGradient.Open(DefendedModel.Of(first, firstName, second, secondName), threads);
    }

    private static (OnnxModel Model, string Name) Read(string name, bool isPurifier)
    {
        if (!name.EndsWith(Weights.Ending, StringComparison.Ordinal))
        {
            string path = ModelCatalog.Resolve(name);
            return (OnnxReader.Read(path), path);
        }

        if (isPurifier)
        {
            using PurifierNet purifier = Weights.LoadPurifier(name, ScalarType.Float32);
            return (PurifierExporter.Build(purifier), name);
        }

        using ResNetClassifier classifier = Weights.LoadClassifier(name, ScalarType.Float32);
        OnnxModel model = ClassifierExporter.Build(classifier);
        model.Metadata["realtime.labels"] = Safetensors.ReadMetadata(name)["labels"];
        return (model, name);
    }
}
