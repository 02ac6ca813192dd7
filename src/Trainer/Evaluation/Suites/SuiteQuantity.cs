namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>What a cell shows of a column.</summary>
public enum SuiteQuantity
{
    /// <summary>Right decisions, per cent.</summary>
    Accuracy,

    /// <summary>Of what the classifier saw against the clean picture, dB.</summary>
    Psnr,

    /// <summary>Structural similarity of the same.</summary>
    Ssim,

    /// <summary>The mean of the row's first two cells.</summary>
    Average,
}
