using Realtime.Filter.Attacks;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Evaluation;

public sealed class EvaluatorTests
{
    private readonly IPictureSet pictures = TinyNets.Pictures(30, 1);

    // Mean of each colour plane as logits: right on every clean picture, and every pixel's gradient is known.
    private static Tensor ByColour(Tensor x) => x.mean([2, 3]) * 30f;

    [Fact]
    public void Clean_accuracy_is_counted_and_equal_pictures_have_no_psnr()
    {
        EvaluationRow row = Measure(null, ByColour, null)[0];

        Assert.Equal(100, row.Accuracy.Percent);
        Assert.True(double.IsNaN(row.Psnr));
    }

    [Fact]
    public void An_attack_of_full_range_leaves_nothing_and_one_within_eps_has_the_psnr_of_eps()
    {
        Assert.Equal(0, Measure(new Fgsm(1f), ByColour, null)[0].Accuracy.Percent);
        EvaluationRow small = Measure(new Fgsm(8 / 255f), ByColour, null)[0];
        Assert.InRange(small.Psnr, 20 * Math.Log10(255 / 8.0) - 1e-6, 20 * Math.Log10(255 / 8.0) + 1e-3);
        Assert.Equal(100, small.Accuracy.Percent);      // 80 levels between the planes: 8 cannot turn it
    }

    [Fact]
    public void A_purifier_that_swaps_two_planes_is_judged_by_what_the_classifier_sees()
    {
        EvaluationRow row = Measure(null, ByColour, x => x.flip(1))[0];

        Assert.Equal(10, row.Accuracy.Right);       // green stays in the middle
        Assert.InRange(row.Psnr, 5, 20);
    }

    [Fact]
    public void The_interval_is_wilsons()
    {
        (double low, double high) = new Share(8, 10).Interval;      // Wilson 1927: 49.0 .. 94.3 % for 8 of 10

        Assert.Equal(49.0, low, 1);
        Assert.Equal(94.3, high, 1);
    }

    private IReadOnlyList<EvaluationRow> Measure(IAttack? attack, Func<Tensor, Tensor> classifier, Func<Tensor, Tensor>? purify) =>
        new Evaluator(pictures, classifier, (_, _, _) => { }, CancellationToken.None).Measure(30, attack, classifier, "classifier", [("row", purify)], 0);
}
