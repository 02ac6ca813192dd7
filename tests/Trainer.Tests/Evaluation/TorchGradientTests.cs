using Realtime.Filter.Attacks;
using Realtime.Trainer.Evaluation;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Evaluation;

public sealed class TorchGradientTests
{
    private const int Size = 4;
    private const int Classes = 5;
    private const int Count = 3;

    private static readonly long[] Labels = [0, 3, 2];
    private static readonly long[] Targets = [1, 0, 4];

    // Autograd through the loss against the same gradient made of cross-entropy gradients: two ways that share only the forward pass.
    [Theory]
    [InlineData("margin")]
    [InlineData("dlr")]
    [InlineData("dlr-t")]
    [InlineData("difference")]
    [InlineData("ce")]
    public void Every_loss_agrees_with_the_rule_for_victims_that_only_know_cross_entropy(string name)
    {
        ILogitLoss loss = name switch
        {
            "margin" => new MarginLoss(Labels),
            "dlr" => new DlrLoss(Labels),
            "dlr-t" => new TargetedDlrLoss(Labels, Targets),
            "difference" => new LogitDifference(Labels, Targets),
            _ => new NegatedLoss(new CrossEntropyLoss(Labels)),
        };
        random.manual_seed(3);
        using Tensor weights = randn([3 * Size * Size, Classes]);
        TorchGradient victim = new(x => nn.functional.gelu(x.reshape([x.shape[0], -1])).matmul(weights), Size, Classes);
        Random chance = new(1);
        float[] pictures = [.. Enumerable.Range(0, Count * victim.PictureLength).Select(_ => chance.NextSingle())];
        float[] logits = new float[Count * Classes], logitsRule = new float[logits.Length], predicted = new float[logits.Length];
        float[] losses = new float[Count], lossesRule = new float[Count], gradient = new float[pictures.Length], gradientRule = new float[pictures.Length];

        victim.Evaluate(pictures, loss, logits, losses, gradient);
        CrossEntropyRule.Evaluate(victim, pictures, loss, logitsRule, lossesRule, gradientRule);
        victim.Predict(pictures, predicted);

        AssertNear(logits, logitsRule, 1e-5f);
        AssertNear(logits, predicted, 1e-5f);
        AssertNear(losses, lossesRule, 1e-4f);
        AssertNear(gradient, gradientRule, 1e-3f * gradient.Max(Math.Abs));
        Assert.InRange(GradientCheck.LargestError(victim, pictures, loss, Count, new Random(2), step: 5e-3f), 0, 0.05);
    }

    private static void AssertNear(float[] expected, float[] found, float tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], tolerance);
    }
}
