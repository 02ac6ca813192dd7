using Realtime.Filter.Classifiers;

namespace Realtime.Filter.Tests.Classifiers;

public class FrameClassifierTests
{
    [Fact]
    public void The_verdict_is_the_largest_logit_with_its_softmax()
    {
        Verdict verdict = FrameClassifier.Read([0f, MathF.Log(6), MathF.Log(3)]);
        Assert.Equal(1, verdict.Label);
        Assert.Equal(0.6f, verdict.Confidence, 1e-5f);
    }

    [Fact]
    public void Huge_logits_stay_finite() => Assert.Equal(new Verdict(1, 1), FrameClassifier.Read([-1e30f, 1e30f]));

    [Fact]
    public void Not_a_number_is_refused() => Assert.Throws<ArgumentException>(() => FrameClassifier.Read([0f, float.NaN]));
}
