namespace Realtime.Viewer.Live;

/// <summary>What the classifier says of one picture: its three most likely labels.</summary>
internal sealed class Verdict
{
    /// <summary>Labels shown.</summary>
    public const int Top = 3;

    /// <summary>Names, most likely first.</summary>
    public string[] Labels { get; } = ["", "", ""];

    /// <summary>Their probabilities (softmax of the logits), 0..1.</summary>
    public float[] Confidences { get; } = new float[Top];

    /// <summary>Index of the most likely label; -1 before the first verdict.</summary>
    public int Best { get; set; } = -1;

    /// <summary>Copies another verdict.</summary>
    public void CopyFrom(Verdict other)
    {
        other.Labels.CopyTo(Labels, 0);
        other.Confidences.CopyTo(Confidences, 0);
        Best = other.Best;
    }
}
