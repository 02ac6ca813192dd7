using Realtime.Filter.Frames;
using Realtime.Filter.Gpu;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;
using Realtime.Filter.Tests.Gpu.Maep;

namespace Realtime.Filter.Tests.Gpu.Frames;

/// <summary>Models whose numbers went wrong: never a black picture that counts as purified.</summary>
public sealed class BrokenModelTests : IDisposable
{
    private static readonly FrameFormat Format = FrameRun.Format(33, 20);

    private readonly string folder = Directory.CreateTempSubdirectory("realtime-broken-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SkippableTheory]
    [InlineData("head.last.weight", false)]
    [InlineData("embed.weight", false)]             // behind it: softmax, norms, GELU and the head's ReLU
    [InlineData("stem.first.weight", true)]
    [InlineData("encoder.0.qkv.weight", true)]
    public void One_weight_that_is_not_a_number_ends_as_frames_marked_unpurified(string weight, bool half) =>
        Fails(Broken(weight, values => values[5] = float.NaN), half, "not finite");

    [SkippableFact]
    public void Activations_beyond_float16_end_as_frames_marked_unpurified() =>
        Fails(Broken("stem.second.bias", values => values.Fill(1e5f)), half: true, "not finite");

    [SkippableTheory]
    [InlineData(-10f)]
    [InlineData(10f)]
    public void A_model_that_gives_black_or_white_whatever_it_sees_ends_as_frames_marked_unpurified(float bias) =>
        Fails(Broken("head.last.bias", values => values.Fill(bias)), half: false, "flat");

    private static void Fails(string path, bool half, string reason)
    {
        using VulkanPurifier purifier = TestPurifier.Open(path, half);

        FrameRun run = FrameRun.Of(purifier, Format, 3);

        Assert.Equal((3, 3), (run.Result.Frames, run.Result.Unpurified));
        Assert.StartsWith("frame 0: ", run.Failure, StringComparison.Ordinal);
        Assert.Contains(reason, run.Failure, StringComparison.Ordinal);
        Assert.All(run.Frames, frame => Assert.Equal(frame.Raw, frame.Purified));
        Assert.Equal([], purifier.ValidationMessages);
    }

    // A copy of a shipped model with some numbers of one tensor changed.
    private string Broken(string tensor, SpanAction change)
    {
        OnnxModel model = OnnxReader.Read(ModelCatalog.Resolve("maep-patch4"));
        int at = model.Graph.Initializers.FindIndex(found => found.Name == tensor);
        OnnxTensor whole = model.Graph.Initializers[at];
        float[] values = whole.AsFloats().ToArray();
        change(values);
        model.Graph.Initializers[at] = OnnxTensor.Of(tensor, values, whole.Dimensions);
        string path = Path.Combine(folder, "broken.onnx");
        OnnxWriter.Write(model, path);
        return path;
    }

    private delegate void SpanAction(Span<float> values);
}
