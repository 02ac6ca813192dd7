namespace Realtime.Trainer.Evaluation;

/// <summary>What was measured of one defence in one column over one batch.</summary>
/// <param name="Defence">"none" or the defence's name.</param>
/// <param name="Column">One of <see cref="EvaluationColumns"/>.</param>
/// <param name="Draws">Decisions on each picture; 1 where there is no chance.</param>
/// <param name="Right">[n] how many of them were right; <see cref="Skipped"/> where the picture was left out because it is already broken.</param>
/// <param name="SquaredError">[n] mean squared error of what the classifier saw against the clean picture, peak 1.</param>
/// <param name="Ssim">[n] structural similarity of the same.</param>
public sealed record BatchRow(string Defence, string Column, int Draws, IReadOnlyList<int> Right, IReadOnlyList<double> SquaredError, IReadOnlyList<double> Ssim)
{
    /// <summary>Stands in <see cref="Right"/> for a picture that was left out.</summary>
    public const int Skipped = -1;

    /// <summary>The row of the undefended classifier.</summary>
    public const string Undefended = "none";
}
