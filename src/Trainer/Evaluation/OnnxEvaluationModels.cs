using Realtime.Filter.Attacks;
using Realtime.Filter.Defences;

namespace Realtime.Trainer.Evaluation;

/// <summary>Models from ONNX files, one core each. Opened when first asked for.</summary>
public sealed class OnnxEvaluationModels : IEvaluationModels
{
    private readonly string classifierName;
    private readonly OnnxGradient classifier;
    private readonly Dictionary<string, IDefence> defences = [];
    private readonly Dictionary<string, OnnxGradient> gradients = [];

    /// <summary>Opens the classifier.</summary>
    /// <param name="classifier">A shipped one or an ONNX file.</param>
    /// <exception cref="Filter.Errors.UserErrorException">There is no such file, or it is no classifier with a gradient (model rejected).</exception>
    public OnnxEvaluationModels(string classifier)
    {
        classifierName = classifier;
        this.classifier = OnnxGradient.Open(classifier, threads: 1);
    }

    /// <inheritdoc/>
    public IGradient Classifier => classifier;

    /// <summary>The class names in logit order.</summary>
    public IReadOnlyList<string> Labels => classifier.Labels;

    /// <inheritdoc/>
    public IDefence Defence(string name)
    {
        if (!defences.TryGetValue(name, out IDefence? defence))
            defences[name] = defence = DefenceNames.Open(name);
        return defence;
    }

    /// <inheritdoc/>
    /// <remarks>A purifier makes one graph with the classifier, also at the end of a chain; everything else carries the gradient back by itself.</remarks>
    public IGradient FullGradient(string name, Random random) => Defence(name) switch
    {
        OnnxDefence purifier => Whole(purifier.Name),
        ChainedDefence { Second: OnnxDefence purifier } chain => Behind(chain.First, Whole(purifier.Name), random),
        IDefence defence => Behind(defence, classifier, random),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDefence defence in defences.Values)
            defence.Dispose();
        foreach (OnnxGradient gradient in gradients.Values)
            gradient.Dispose();
        classifier.Dispose();
    }

    private OnnxGradient Whole(string purifier)
    {
        if (!gradients.TryGetValue(purifier, out OnnxGradient? whole))
            gradients[purifier] = whole = OnnxGradient.Open(purifier, classifierName, threads: 1);
        return whole;
    }

    private BpdaGradient Behind(IDefence defence, IGradient victim, Random random) =>
        new(victim, (pictures, defended) => defence.Defend(pictures, classifier.Width, classifier.Height, random, defended), defence.Backward);
}
