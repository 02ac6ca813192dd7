using Realtime.Filter.Classifiers;
using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Classifiers;

public sealed class ForeignClassifierTests : IDisposable
{
    private const int Plane = 5 * 7;

    // A picture of one colour: the models answer with what they were fed of it.
    private static readonly float[] Colour = [0.2f, 0.5f, 0.9f];

    private readonly ForeignModels models = new();

    public void Dispose() => models.Dispose();

    [Theory]
    [InlineData(false, ChannelOrder.Rgb)]
    [InlineData(false, ChannelOrder.Bgr)]
    [InlineData(true, ChannelOrder.Rgb)]
    [InlineData(true, ChannelOrder.Bgr)]
    public void Every_layout_and_order_is_fed_the_normalised_colours(bool nhwc, ChannelOrder order)
    {
        ClassifierHints hints = new() { Channels = order, Mean = [0.1f, 0.2f, 0.3f], Deviation = [0.5f, 0.25f, 2] };
        using OnnxClassifier classifier = OnnxClassifier.Open(nhwc ? models.Nhwc() : models.Nchw(), 1, hints);

        float[] expected = [0.2f, 1.2f, 0.3f];
        AssertNear(order == ChannelOrder.Rgb ? expected : [.. expected.Reverse()], Answer(classifier));
        Assert.Equal((7, 5, nhwc ? PictureLayout.Nhwc : PictureLayout.Nchw), (classifier.Width, classifier.Height, classifier.Format.Layout));
        Assert.Null(classifier.Assumption);
    }

    [Fact]
    public void Pictures_of_a_batch_keep_their_places_also_where_the_model_takes_one_at_a_time()
    {
        ClassifierHints hints = new() { Mean = [0, 0, 0], Channels = ChannelOrder.Bgr };
        foreach (string path in (string[])[models.Nchw(), models.Nchw(batch: 1)])
        {
            using OnnxClassifier classifier = OnnxClassifier.Open(path, 2, hints);
            float[] pictures = [.. Enumerable.Range(0, 3 * 3 * Plane).Select(i => i / Plane / 10f)], logits = new float[9];
            classifier.Classify(pictures, logits, 3);

            AssertNear([0.2f, 0.1f, 0, 0.5f, 0.4f, 0.3f, 0.8f, 0.7f, 0.6f], logits);
        }
    }

    [Fact]
    public void Without_a_word_about_it_ImageNets_normalisation_is_assumed_and_told()
    {
        using OnnxClassifier classifier = OnnxClassifier.Open(models.Nchw(), 1, new ClassifierHints());

        AssertNear([(0.2f - 0.485f) / 0.229f, (0.5f - 0.456f) / 0.224f, (0.9f - 0.406f) / 0.225f], Answer(classifier));
        Assert.Contains("ImageNet", classifier.Assumption, StringComparison.Ordinal);
        Assert.Equal(["class 0", "class 1", "class 2"], classifier.Labels);
    }

    [Theory]
    [InlineData("NominalRange_0_255", 51, 127.5, 229.5)]
    [InlineData("Normalized_0_1", 0.2, 0.5, 0.9)]
    [InlineData("normalized_1_1", -0.6, 0, 0.8)]
    [InlineData("NominalRange_16_235", 59.8, 125.5, 213.1)]
    public void The_models_image_metadata_is_followed(string range, double red, double green, double blue)
    {
        string path = models.Nchw(metadata: [("Image.NominalPixelRange", range), ("Image.BitmapPixelFormat", "Bgr8")]);
        using OnnxClassifier classifier = OnnxClassifier.Open(path, 1, new ClassifierHints());

        AssertNear([(float)blue, (float)green, (float)red], Answer(classifier), 1e-3f);
        Assert.Null(classifier.Assumption);

        using OnnxClassifier told = OnnxClassifier.Open(path, 1, new ClassifierHints { Mean = [0, 0, 0], Channels = ChannelOrder.Rgb });
        AssertNear(Colour, Answer(told));
    }

    [Fact]
    public void Probabilities_are_seen_to_be_such_and_stay_what_they_are()
    {
        ClassifierHints plain = new() { Mean = [0, 0, 0] };
        using OnnxClassifier probable = OnnxClassifier.Open(models.Probable(), 1, plain);
        float[] softmax = [.. Colour.Select(MathF.Exp)];
        float[] expected = [.. softmax.Select(value => value / softmax.Sum())];

        Assert.Equal(ClassifierOutput.Probabilities, probable.Output);
        AssertNear(expected, [.. Answer(probable).Select(MathF.Exp)]);
        Assert.Equal(expected[2], FrameClassifier.Read(Answer(probable)).Confidence, 1e-5f);

        using OnnxClassifier told = OnnxClassifier.Open(models.Probable(), 1, plain with { Output = ClassifierOutput.Logits });
        AssertNear(expected, Answer(told));
        using OnnxClassifier logits = OnnxClassifier.Open(models.Nchw(), 1, plain);
        Assert.Equal(ClassifierOutput.Logits, logits.Output);
    }

    [Fact]
    public void A_free_size_must_be_said_and_a_fixed_one_cannot_be_changed()
    {
        string free = models.Nchw(height: new OnnxDimension(null, "H"), width: new OnnxDimension(null, "W"));
        Fails(ExitCode.Usage, free, new ClassifierHints(), "its size is free", "--classifier-size");
        using (OnnxClassifier classifier = OnnxClassifier.Open(free, 1, new ClassifierHints { Size = (7, 5), Mean = [0, 0, 0] }))
            AssertNear(Colour, Answer(classifier));

        Fails(ExitCode.Usage, models.Nchw(), new ClassifierHints { Size = (9, 9) }, "[N, 3, 5, 7]", "9x9");
    }

    [Fact]
    public void A_shape_that_is_neither_layout_is_named()
    {
        string four = models.Write([OnnxDimension.Batch, 4, 5, 7], [OnnxDimension.Batch, 4], (g, x) => g.Flatten(g.Node("GlobalAveragePool", [x])));
        Fails(ExitCode.ModelRejected, four, new ClassifierHints(), "[N, 4, 5, 7]", "neither nchw", "nor nhwc");
        Fails(ExitCode.ModelRejected, four, new ClassifierHints { Layout = PictureLayout.Nchw }, "[N, 4, 5, 7]", "not nchw with three channels");
        Fails(ExitCode.ModelRejected, models.Nhwc(), new ClassifierHints { Layout = PictureLayout.Nchw }, "it is nhwc");
        Fails(ExitCode.ModelRejected, models.Nchw(batch: 4), new ClassifierHints(), "N free or 1", "[4, 3, 5, 7]");
        string flat = models.Write([OnnxDimension.Batch, 105], [OnnxDimension.Batch, 105], (g, x) => x);
        Fails(ExitCode.ModelRejected, flat, new ClassifierHints(), "not a picture classifier", "[N, 105]");
        string picture = models.Write([OnnxDimension.Batch, 3, 5, 7], [OnnxDimension.Batch, 3, 5, 7], (g, x) => g.Relu(x));
        Fails(ExitCode.ModelRejected, picture, new ClassifierHints(), "[1, 3, 5, 7]", "expected [1, K]");
    }

    [Fact]
    public void Labels_come_from_a_file_of_one_a_line()
    {
        using OnnxClassifier classifier = OnnxClassifier.Open(models.Nchw(), 1, new ClassifierHints { LabelFile = models.Labels("red\r\n green light \nblue\n\n") });

        Assert.Equal(["red", "green light", "blue"], classifier.Labels);
    }

    [Theory]
    [InlineData("red\ngreen\n", "has 2 lines", "3 classes")]
    [InlineData("red\n\nblue\n", "line 2 is empty", "every class")]
    [InlineData("\n", "is empty", "3 lines")]
    public void Labels_that_do_not_fit_are_refused(string text, string found, string wanted) =>
        Fails(ExitCode.Usage, models.Nchw(), new ClassifierHints { LabelFile = models.Labels(text) }, models.PathOf("labels.txt"), found, wanted);

    [Fact]
    public void A_model_of_ours_takes_labels_and_nothing_else()
    {
        using TinyVictim ours = new();
        Fails(ExitCode.Usage, ours.Path, new ClassifierHints { Mean = [0, 0, 0] }, "normalises inside");
        Fails(ExitCode.Usage, ours.Path, new ClassifierHints { LabelFile = models.PathOf("absent.txt") }, "absent.txt' cannot be read");
        using OnnxClassifier classifier = OnnxClassifier.Open(ours.Path, 1, new ClassifierHints { LabelFile = models.Labels("a\nb\nc") });

        Assert.Equal(["a", "b", "c"], classifier.Labels);
        Assert.True(classifier.Format.IsPlain);
    }

    [Fact]
    public void The_shipped_classifier_without_its_metadata_answers_the_same_when_its_format_is_said()
    {
        OnnxModel stripped = OnnxReader.Read(Filter.Models.ModelCatalog.Resolve("cifar10"));
        stripped.Metadata.Clear();
        OnnxWriter.Write(stripped, models.PathOf("stripped.onnx"));
        using OnnxClassifier ours = OnnxClassifier.Open("cifar10", 1), theirs = OnnxClassifier.Open(models.PathOf("stripped.onnx"), 1, new ClassifierHints { Mean = [0, 0, 0] });
        float[] picture = new float[3 * 32 * 32], expected = new float[10], found = new float[10];
        for (int i = 0; i < picture.Length; i++)
            picture[i] = 0.5f + (0.4f * MathF.Sin(i / 20f));
        ours.Classify(picture, expected, 1);
        theirs.Classify(picture, found, 1);

        Assert.Equal(expected, found);
        Assert.Equal("class 0", theirs.Labels[0]);
    }

    private static float[] Answer(OnnxClassifier classifier)
    {
        float[] picture = [.. Colour.SelectMany(value => Enumerable.Repeat(value, Plane))], logits = new float[3];
        classifier.Classify(picture, logits, 1);
        return logits;
    }

    private static void Fails(ExitCode code, string path, ClassifierHints hints, params string[] named)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => OnnxClassifier.Open(path, 1, hints));
        Assert.Equal(code, error.ExitCode);
        Assert.All(named, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    private static void AssertNear(float[] expected, float[] found, float tolerance = 1e-5f)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], tolerance);
    }
}
