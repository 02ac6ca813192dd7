using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Realtime.Filter.Errors;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Classifiers;

/// <summary>
/// Finds out how a classifier that is not ours (no realtime.* metadata) wants its pictures: from what the user says, then from the model's shapes and its
/// Image.* metadata (ONNX, docs/MetadataProps.md), then by custom: RGB, normalised with the mean and deviation of ImageNet. A trial run tells its classes.
/// </summary>
internal static class ForeignClassifier
{
    private const string RangeKey = "Image.NominalPixelRange";
    private const string PixelsKey = "Image.BitmapPixelFormat";
    private const string OwnPrefix = "realtime.";
    private const int Colours = 3;

    private const string Assumption = "the model does not say how its pictures are normalised; ImageNet's mean and deviation are assumed (--classifier-mean, --classifier-std)";

    private static readonly float[] ImageNetMean = [0.485f, 0.456f, 0.406f], ImageNetDeviation = [0.229f, 0.224f, 0.225f];

    /// <summary>Whether a model was written by us, and so follows <see cref="ClassifierContract"/>.</summary>
    public static bool IsOurs(InferenceSession session) => session.ModelMetadata.CustomMetadataMap.Keys.Any(key => key.StartsWith(OwnPrefix, StringComparison.Ordinal));

    /// <summary>Inspects a model.</summary>
    /// <param name="path">Its file, for messages.</param>
    /// <param name="session">The loaded model; it is run twice.</param>
    /// <param name="hints">What the user says.</param>
    /// <exception cref="UserErrorException">It is no picture classifier (model rejected), or something that is needed was not said (usage).</exception>
    public static PictureModel Inspect(string path, InferenceSession session, ClassifierHints hints)
    {
        const string Expected = "a picture classifier: expected one float32 input [N, 3, H, W] or [N, H, W, 3] (N free or 1) and one float32 output [N, K]";
        NodeMetadata? picture = ClassifierContract.Only(session.InputMetadata), answer = ClassifierContract.Only(session.OutputMetadata);
        if (!ClassifierContract.Is(picture, TensorElementType.Float, 4) || answer is not { IsTensor: true, ElementDataType: TensorElementType.Float } || picture!.Dimensions[0] is not (-1 or 1))
            throw ClassifierContract.Rejected(path, session, Expected);

        int[] shape = picture.Dimensions;
        PictureLayout layout = hints.Layout ?? LayoutOf(path, picture);
        (int channels, int height, int width) = layout == PictureLayout.Nchw ? (shape[1], shape[2], shape[3]) : (shape[3], shape[1], shape[2]);
        if (channels is not (-1 or Colours))
        {
            throw new UserErrorException(
                ExitCode.ModelRejected,
                $"classifier '{path}' takes {PurifierContract.Describe(picture)}, which is not {layout.ToString().ToLowerInvariant()} with three channels; {OtherLayout(layout, shape)}.");
        }

        (width, height) = SizeOf(path, picture, width, height, hints.Size);

        (PictureFormat format, string? assumption) = FormatOf(layout, session.ModelMetadata.CustomMetadataMap, hints);
        ClassifierTrial trial = ClassifierTrial.Run(path, session, format, width, height);
        string[] labels = hints.LabelFile is string file ? ClassifierLabels.Read(file, trial.Classes, path) : ClassifierContract.Numbered(trial.Classes);
        PictureModel model = new(labels, width, height)
        {
            Format = format,
            Output = hints.Output ?? (trial.LooksLikeProbabilities ? ClassifierOutput.Probabilities : ClassifierOutput.Logits),
            OutputShape = trial.OutputShape,
            Assumption = assumption,
        };
        return shape[0] == 1 ? model with { Batch = 1 } : model;
    }

    private static PictureLayout LayoutOf(string path, NodeMetadata picture)
    {
        int[] shape = picture.Dimensions;
        if (shape[1] == Colours)
            return PictureLayout.Nchw;
        if (shape[3] == Colours)
            return PictureLayout.Nhwc;
        string found = $"classifier '{path}' takes {PurifierContract.Describe(picture)}";
        throw shape[1] == -1 && shape[3] == -1
            ? new UserErrorException(ExitCode.Usage, $"{found}, which does not tell where the channels are; say --classifier-layout nchw or nhwc.")
            : new UserErrorException(ExitCode.ModelRejected, $"{found}, which is neither nchw [N, 3, H, W] nor nhwc [N, H, W, 3].");
    }

    private static string OtherLayout(PictureLayout layout, int[] shape) => layout == PictureLayout.Nchw && shape[3] == Colours
        ? "it is nhwc: leave --classifier-layout out"
        : layout == PictureLayout.Nhwc && shape[1] == Colours ? "it is nchw: leave --classifier-layout out" : "models of another number of channels cannot be fed";

    private static (int Width, int Height) SizeOf(string path, NodeMetadata picture, int width, int height, (int Width, int Height)? said)
    {
        string found = $"classifier '{path}' takes {PurifierContract.Describe(picture)}";
        if (said is not var (saidWidth, saidHeight))
            return width > 0 && height > 0 ? (width, height) : throw new UserErrorException(ExitCode.Usage, $"{found}: its size is free; say which, as --classifier-size 224 or WIDTHxHEIGHT.");
        if ((width > 0 && width != saidWidth) || (height > 0 && height != saidHeight))
            throw new UserErrorException(ExitCode.Usage, $"{found} and cannot be given {saidWidth}x{saidHeight}; leave --classifier-size out.");
        return (saidWidth, saidHeight);
    }

    // What the user says counts for more than what the file says. One of mean and deviation given alone leaves the other out.
    private static (PictureFormat Format, string? Assumption) FormatOf(PictureLayout layout, Dictionary<string, string> metadata, ClassifierHints hints)
    {
        ChannelOrder channels = hints.Channels ?? (ValueOf(metadata, PixelsKey) == "BGR8" ? ChannelOrder.Bgr : ChannelOrder.Rgb);
        if (hints.Mean is not null || hints.Deviation is not null)
            return (new PictureFormat(layout, channels, hints.Mean ?? PictureFormat.Plain.Mean, hints.Deviation ?? PictureFormat.Plain.Deviation), null);
        (float Mean, float Deviation)? range = ValueOf(metadata, RangeKey) switch
        {
            "NOMINALRANGE_0_255" => (0, 1f / 255),
            "NORMALIZED_0_1" => (0, 1),
            "NORMALIZED_1_1" => (0.5f, 0.5f),
            "NOMINALRANGE_16_235" => (-16f / 219, 1f / 219),
            _ => null,
        };
        if (range is var (mean, deviation))
            return (new PictureFormat(layout, channels, [mean, mean, mean], [deviation, deviation, deviation]), null);
        return (new PictureFormat(layout, channels, ImageNetMean, ImageNetDeviation), Assumption);
    }

    // Keys and values are written in any case.
    private static string? ValueOf(Dictionary<string, string> metadata, string key) =>
        metadata.FirstOrDefault(entry => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase)).Value?.ToUpperInvariant();
}
