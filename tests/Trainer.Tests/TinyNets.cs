using System.Runtime.InteropServices;
using Realtime.Trainer.Data;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests;

/// <summary>Nets and pictures small enough for a test, and comparisons of tensors.</summary>
internal static class TinyNets
{
    internal static readonly PurifierArchitecture Convolutional = new(16, 4, 24, 1, 1, 3, 8, true);
    internal static readonly PurifierArchitecture Plain = new(16, 4, 24, 2, 1, 3, 0, false);
    internal static readonly DiscoArchitecture Disco = new(16, 8, 1, 12, 2, false);
    internal static readonly ImpureArchitecture Impure = new(16, 4, 24, 1, 1, 3, 2, 400, 600);
    internal static readonly ClassifierArchitecture Classifier = new(16, 3, [8, 16], 1, 1);

    internal static MaskedAutoencoderPurifier Purifier(PurifierArchitecture architecture, ScalarType compute = ScalarType.Float32) =>
        (MaskedAutoencoderPurifier)Of(architecture, compute);

    internal static PurifierNet Of(IPurifierArchitecture architecture, ScalarType compute = ScalarType.Float32)
    {
        random.manual_seed(5);
        PurifierNet net = architecture.Create(new Precision(compute));
        // The residual output starts at zero; tests want every weight to matter.
        using IDisposable still = no_grad();
        foreach (TorchSharp.Modules.Parameter parameter in net.parameters())
        {
            using Tensor noise = randn(parameter.shape);
            parameter.add_(noise, 0.02);
        }

        return net;
    }

    internal static ResNetClassifier NewClassifier(ScalarType compute = ScalarType.Float32)
    {
        random.manual_seed(6);
        return new ResNetClassifier(Classifier, new Precision(compute));
    }

    /// <summary>A classifier that knows its colours, then frozen as a loaded one is: no gradients for its weights.</summary>
    internal static ResNetClassifier TrainedClassifier(IPictureSet pictures)
    {
        ResNetClassifier classifier = NewClassifier();
        using AdamW optimizer = new(classifier.named_parameters(), 0.9, 0.95, 0);
        for (int step = 1; step <= 40; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            (Tensor x, Tensor labels) = Batch.Load(pictures, [.. Enumerable.Range(0, pictures.Count)]);
            nn.functional.cross_entropy(classifier.call(x), labels).backward();
            optimizer.Step(5e-3, step);
        }

        classifier.eval();
        foreach (TorchSharp.Modules.Parameter parameter in classifier.parameters())
            parameter.requires_grad = false;
        return classifier;
    }

    /// <summary>Pictures of three classes that differ in colour, with noise: a net learns them in a few steps.</summary>
    internal static IPictureSet Pictures(int count, int seed)
    {
        Random noise = new(seed);
        byte[] records = new byte[count * (1 + 3 * 256)];
        for (int i = 0; i < count; i++)
        {
            Span<byte> record = records.AsSpan(i * 769, 769);
            record[0] = (byte)(i % 3);
            for (int p = 0; p < 768; p++)
                record[1 + p] = (byte)Math.Clamp((p / 256 == i % 3 ? 170 : 90) + noise.Next(-40, 41), 0, 255);
        }

        return new MemoryPictureSet("tiny", 16, ["red", "green", "blue"], [records]);
    }

    internal static Tensor RandomPictures(int count, int size, int seed)
    {
        Random values = new(seed);
        return tensor([.. Enumerable.Range(0, count * 3 * size * size).Select(_ => values.NextSingle())], [count, 3, size, size]);
    }

    internal static float[] Floats(Tensor tensor)
    {
        using Tensor plain = tensor.detach().contiguous();
        return MemoryMarshal.Cast<byte, float>(plain.bytes).ToArray();
    }

    internal static float LargestDifference(Tensor a, Tensor b) => Floats(a).Zip(Floats(b), (x, y) => MathF.Abs(x - y)).Max();
}
