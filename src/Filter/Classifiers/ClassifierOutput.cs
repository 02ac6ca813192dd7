namespace Realtime.Filter.Classifiers;

/// <summary>What the numbers are that a classifier gives for its classes.</summary>
public enum ClassifierOutput
{
    /// <summary>Any numbers, whose softmax is the probability.</summary>
    Logits,

    /// <summary>Probabilities: the softmax is in the model. Their logarithm serves as logits.</summary>
    Probabilities,
}
