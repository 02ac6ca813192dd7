using System.Text.RegularExpressions;
using Realtime.Filter.Defences;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Trainer.Evaluation;

/// <summary>The purifiers in the models folder.</summary>
public static class ShippedPurifiers
{
    /// <summary>Their names, in order.</summary>
    public static IEnumerable<string> Names() =>
        ModelCatalog.Names().Where(name => OnnxReader.Read(ModelCatalog.Resolve(name)).Metadata.GetValueOrDefault(ModelDescription.KindKey) == "purifier");

    /// <summary>
    /// The first one whose card says that its pairs were made on <paramref name="classifier"/> and that is no part of <paramref name="defence"/>; null
    /// where there is none.
    /// </summary>
    public static string? OtherOf(string classifier, string defence)
    {
        ArgumentNullException.ThrowIfNull(defence);
        string[] parts = [defence, .. defence.Split(DefenceChain.Separator)];
        return Names().FirstOrDefault(name => !parts.Contains(name) && IsTrainedOn(name, classifier));
    }

    private static bool IsTrainedOn(string name, string classifier)
    {
        string card = Path.ChangeExtension(ModelCatalog.Resolve(name), ".md");
        return File.Exists(card) && Regex.IsMatch(File.ReadAllText(card), $@"\| recipe \|.* on {Regex.Escape(classifier)}(?![\w-])");
    }
}
