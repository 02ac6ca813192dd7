using Realtime.Filter.Attacks;
using Realtime.Filter.Defences;
using Realtime.Filter.Errors;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;

namespace Realtime.Trainer.Tests.Evaluation;

public sealed class EvaluationPartsTests
{
    private readonly IPictureSet pictures = TinyNets.Pictures(30, 1);

    [Fact]
    public void The_interval_is_wilsons()
    {
        (double low, double high) = new Share(8, 10).Interval;      // Wilson 1927: 49.0 .. 94.3 % for 8 of 10

        Assert.Equal(49.0, low, 1);
        Assert.Equal(94.3, high, 1);
    }

    [Theory]
    [InlineData("all", "a,b,c,d,e,f,g")]
    [InlineData("d, B", "b,d")]
    public void Columns_are_read_in_their_order(string text, string expected) => Assert.Equal(expected, string.Join(",", EvaluationColumns.Parse(text)));

    [Theory]
    [InlineData("h", "'h'")]
    [InlineData(",", "','")]
    public void Unknown_columns_are_named(string text, string named) =>
        Assert.Contains(named, Assert.Throws<UserErrorException>(() => EvaluationColumns.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("count", "--count must be 1 to 30")]
    [InlineData("classes", "3 classes, the classifier 'colours' knows 2")]
    [InlineData("names", "class 1 is 'green' in tiny and 'azure'")]
    [InlineData("autoattack", "column (a), AutoAttack, needs at least 4 classes")]
    [InlineData("attack", "--attack apgd-t needs at least 4 classes")]
    [InlineData("size", "pictures of 32x32 pixels")]
    public void What_does_not_fit_is_told_before_anything_is_measured(string fault, string message)
    {
        EvaluationSettings settings = new() { Data = "tiny", Count = fault == "count" ? 31 : 30, Classifier = "colours", Defences = ["same"], Epsilon = 0.1f, Columns = fault == "autoattack" ? ["a"] : ["b"], Attacks = fault == "attack" ? ["apgd-t"] : [] };
        string[] labels = fault switch { "classes" => ["red", "green"], "names" => ["red", "azure", "blue"], _ => ["red", "green", "blue"] };
        IPictureSet set = fault == "size" ? new MemoryPictureSet("large", 32, ["red", "green", "blue"], [new byte[3073 * 30]]) : pictures;
        using ColourModels models = new();

        UserErrorException error = Assert.Throws<UserErrorException>(() => EvaluationChecks.Run(settings, set, models, labels));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("maep-pach4", "did you mean maep-patch4")]
    [InlineData("jpg-75", "did you mean jpeg-75")]
    [InlineData("nonsense", "There are ")]
    [InlineData("rt2+maep-pach4", "'maep-pach4' is unknown; did you mean maep-patch4")]
    [InlineData("noise-8++maep-patch4", "part is empty")]
    [InlineData("noise-300+maep-patch4", "'noise-300' needs")]
    [InlineData("maep-patch4+rt3", "'rt3' joins")]
    public void An_unknown_defence_gets_suggestions(string name, string expected)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => DefenceNames.Open(name));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_model_of_a_chain_is_hashed()
    {
        IReadOnlyDictionary<string, string> hashes = DefenceNames.HashesOf("noise-8+maep-patch4+rt3+maep-solids+jpeg-75");

        Assert.Equal(["maep-patch4", "maep-solids"], hashes.Keys.Order());
        Assert.Equal(Fingerprints.OfModel("maep-patch4"), hashes["maep-patch4"]);
        Assert.Empty(DefenceNames.HashesOf("rt2+jpeg-75"));
    }

    [Fact]
    public void The_default_surrogate_is_another_purifier_for_the_same_classifier()
    {
        Assert.Equal("maep-patch2", ShippedPurifiers.OtherOf("cifar10", "maep-patch4"));
        Assert.NotEqual("maep-patch2", ShippedPurifiers.OtherOf("cifar10", "maep-patch2"));
        Assert.Equal("maep-patch4", ShippedPurifiers.OtherOf("cifar10", "rt2+maep-patch2"));
        Assert.Null(ShippedPurifiers.OtherOf("cifar", "maep-patch4"));
    }

    [Fact]
    public void A_classifier_that_answers_no_number_is_refused_with_the_defences_name()
    {
        DeployedDefence deployed = new(new Numberless(), DefenceFactory.Create("bits-4"), size: 16);

        UserErrorException error = Assert.Throws<UserErrorException>(() => deployed.Decide(new float[3 * 16 * 16], new Random(1), new long[1]));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains("'bits-4'", error.Message, StringComparison.Ordinal);
    }

    private sealed class Numberless : IGradient
    {
        public int Classes => 3;

        public int PictureLength => 3 * 16 * 16;

        public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient) => logits.Fill(float.NaN);
    }
}
