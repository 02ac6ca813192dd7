using System.Numerics.Tensors;
using Realtime.Filter.Attacks;
using Realtime.Filter.Defences;
using Realtime.Trainer.Evaluation;

namespace Realtime.Trainer.Tests.Evaluation;

/// <summary>
/// Models whose robustness is known: the classifier's logits are the means of the colour planes, so that the pictures of <see cref="TinyNets"/>,
/// whose planes lie 80 levels apart, are fooled by more than 40 levels and not by fewer.
/// </summary>
internal sealed class ColourModels : IEvaluationModels
{
    internal const int Size = 16;
    internal const float Enough = 72 / 255f;
    internal const float TooLittle = 30 / 255f;

    private readonly Dictionary<string, IDefence> defences = new()
    {
        ["same"] = new Plain("same", 1, "exact"),
        ["dull"] = new Plain("dull", 0.5f, "exact"),
        ["blind"] = new Plain("blind", 1, "none", backward: 0),
        ["dice"] = new Dice(),
        ["restless"] = new Restless(),
    };

    private readonly Colours classifier = new();

    public IGradient Classifier => classifier;

    /// <summary>Called at every question to the classifier.</summary>
    internal Action Asked { set => classifier.Asked = value; }

    public IDefence Defence(string name) => defences[name];

    public IGradient FullGradient(string name, Random random) =>
        new BpdaGradient(Classifier, (pictures, defended) => defences[name].Defend(pictures, Size, Size, random, defended), defences[name].Backward);

    public void Dispose()
    {
    }

    private sealed class Colours : IGradient
    {
        private const int Plane = Size * Size;
        private const float Scale = 30;

        public Action Asked { get; set; } = () => { };

        public int Classes => 3;

        public int PictureLength => 3 * Plane;

        public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient)
        {
            Asked();
            for (int n = 0; n < labels.Length; n++)
            {
                Span<float> z = logits.Slice(3 * n, 3);
                for (int k = 0; k < 3; k++)
                    z[k] = Scale * TensorPrimitives.Sum(pictures.Slice((n * PictureLength) + (k * Plane), Plane)) / Plane;
                float[] p = new float[3];
                TensorPrimitives.SoftMax(z, p);
                loss[n] = -MathF.Log(p[labels[n]]);
                for (int k = 0; k < 3; k++)
                    gradient.Slice((n * PictureLength) + (k * Plane), Plane).Fill((p[k] - (k == labels[n] ? 1 : 0)) * Scale / Plane);
            }
        }
    }

    /// <summary>Shrinks contrast around grey; on the way back the gradient is multiplied by the same, or by another number.</summary>
    private class Plain(string name, float contrast, string kind, float? backward = null) : IDefence
    {
        public string Name => name;

        public virtual bool IsStochastic => false;

        public string GradientKind => kind;

        public virtual void Defend(ReadOnlySpan<float> pictures, int width, int height, Random random, Span<float> defended)
        {
            for (int i = 0; i < pictures.Length; i++)
                defended[i] = 0.5f + (contrast * (pictures[i] - 0.5f));
        }

        public void Backward(ReadOnlySpan<float> gradient, Span<float> result) => TensorPrimitives.Multiply(gradient, backward ?? contrast, result);

        public void Dispose()
        {
        }
    }

    /// <summary>Lifts a colour plane that it draws by 60 levels: enough to spoil two pictures of three at times that the draw decides.</summary>
    private sealed class Dice() : Plain("dice", 1, "exact")
    {
        public override bool IsStochastic => true;

        public override void Defend(ReadOnlySpan<float> pictures, int width, int height, Random random, Span<float> defended)
        {
            int plane = width * height;
            pictures.CopyTo(defended);
            for (int n = 0; n < pictures.Length / (3 * plane); n++)
            {
                foreach (ref float value in defended.Slice(((3 * n) + random.Next(3)) * plane, plane))
                    value = Math.Min(1, value + (100 / 255f));
            }
        }
    }

    /// <summary>Says that it has no chance, and has.</summary>
    private sealed class Restless() : Plain("restless", 1, "exact")
    {
        private int calls;

        public override void Defend(ReadOnlySpan<float> pictures, int width, int height, Random random, Span<float> defended)
        {
            pictures.CopyTo(defended);
            defended[0] = ++calls % 2;
        }
    }
}
