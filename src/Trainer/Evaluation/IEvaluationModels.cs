using Realtime.Filter.Attacks;
using Realtime.Filter.Defences;

namespace Realtime.Trainer.Evaluation;

/// <summary>What one worker of an evaluation needs: a classifier, the defences, and gradients through both. Used from one thread; owns all of it.</summary>
public interface IEvaluationModels : IDisposable
{
    /// <summary>The classifier with its gradient.</summary>
    IGradient Classifier { get; }

    /// <summary>A defence by its name on the command line; the same one each time.</summary>
    IDefence Defence(string name);

    /// <summary>Defence and classifier together, with the defence's own gradient.</summary>
    /// <param name="name">The defence.</param>
    /// <param name="random">What the defence draws from, if it draws.</param>
    IGradient FullGradient(string name, Random random);
}
