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
    /// <remarks>A purifier makes one graph with the classifier; a baseline carries the classifier's gradient back by itself.</remarks>
    public IGradient FullGradient(string name, Random random)
    {
        IDefence defence = Defence(name);
        if (defence is OnnxDefence)
        {
            if (!gradients.TryGetValue(name, out OnnxGradient? whole))
                gradients[name] = whole = OnnxGradient.Open(name, classifierName, threads: 1);
            return whole;
        }

        return new BpdaGradient(
            classifier, (pictures, defended) => defence.Defend(pictures, classifier.Width, classifier.Height, random, defended), defence.Backward);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDefence defence in defences.Values)
            defence.Dispose();
        foreach (OnnxGradient gradient in gradients.Values)
            gradient.Dispose();
        classifier.Dispose();
    }
}
