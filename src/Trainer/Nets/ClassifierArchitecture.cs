namespace Realtime.Trainer.Nets;

/// <summary>The shape of a residual classifier; stands as JSON in the model's metadata.</summary>
/// <param name="Size">Edge length of the square input picture.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Widths">Channels of each stage; every stage after the first halves the picture.</param>
/// <param name="Blocks">Residual blocks a stage.</param>
/// <param name="StemStride">Stride of the first convolution.</param>
/// <param name="StemWidth">Channels of the first convolution; 0 for those of the first stage.</param>
/// <param name="StemKernel">Edge of the first convolution's kernel.</param>
/// <param name="PreActivation">Norm and ReLU stand before the convolutions (He et al. 2016b), as wide residual networks have it.</param>
public sealed record ClassifierArchitecture(
    int Size, int Classes, int[] Widths, int Blocks, int StemStride, int StemWidth = 0, int StemKernel = 3, bool PreActivation = false)
{
    /// <summary>ResNet-20 for 32-pixel pictures (He et al. 2016, section 4.2): 0.27 M parameters.</summary>
    public static ClassifierArchitecture ResNet20(int classes) => new(32, classes, [16, 32, 64], 3, 1);

    /// <summary>ResNet-18 as CIFAR experiments have it, the first convolution 3x3 and no pool: 11.2 M parameters.</summary>
    public static ClassifierArchitecture ResNet18(int classes) => new(32, classes, [64, 128, 256, 512], 2, 1);

    /// <summary>WRN-28-10 (Zagoruyko and Komodakis 2016), RobustBench's "Standard" shape on CIFAR-10: 36.5 M parameters.</summary>
    public static ClassifierArchitecture WideResNet28x10(int classes) => new(32, classes, [160, 320, 640], 4, 1, StemWidth: 16, PreActivation: true);

    /// <summary>Ten layers for pictures of 128 pixels and more: a 7x7 stem of stride 4, one block a stage, 1.2 M parameters.</summary>
    public static ClassifierArchitecture ResNet10(int size, int classes) => new(size, classes, [32, 64, 128, 256], 1, 4, StemKernel: 7);

    /// <summary>The classifier of the solids set: 160-pixel pictures, one block a stage.</summary>
    public static ClassifierArchitecture Solids(int size, int classes) => new(size, classes, [16, 32, 64, 96], 1, 2);

    /// <summary>The names that <see cref="Named"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["resnet20", "resnet18", "wrn28-10", "resnet10"];

    /// <summary>A shape by the name that a command line gives.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="size">Edge length of the pictures; the first three take any, their strides are made for 32.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another name.</exception>
    public static ClassifierArchitecture Named(string name, int size, int classes) => name switch
    {
        "resnet20" => ResNet20(classes) with { Size = size },
        "resnet18" => ResNet18(classes) with { Size = size },
        "wrn28-10" => WideResNet28x10(classes) with { Size = size },
        "resnet10" => ResNet10(size, classes),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, $"There are {string.Join(", ", Names)}."),
    };
}
