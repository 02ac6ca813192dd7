namespace Realtime.Trainer.Nets;

/// <summary>The shape of a residual classifier; stands as JSON in the model's metadata.</summary>
/// <param name="Size">Edge length of the square input picture.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Widths">Channels of each stage; every stage after the first halves the picture.</param>
/// <param name="Blocks">Residual blocks a stage.</param>
/// <param name="StemStride">Stride of the first convolution.</param>
public sealed record ClassifierArchitecture(int Size, int Classes, int[] Widths, int Blocks, int StemStride)
{
    /// <summary>ResNet-20 for 32-pixel pictures (He et al. 2016, section 4.2): 0.27 M parameters.</summary>
    public static ClassifierArchitecture ResNet20(int classes) => new(32, classes, [16, 32, 64], 3, 1);

    /// <summary>The classifier of the solids set: 160-pixel pictures, one block a stage.</summary>
    public static ClassifierArchitecture Solids(int size, int classes) => new(size, classes, [16, 32, 64, 96], 1, 2);
}
