using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;

namespace Realtime.Filter.Classifiers;

/// <summary>What a classifier answered to two made-up pictures.</summary>
/// <param name="Classes">Classes K, at least 2.</param>
/// <param name="OutputShape">The shape of one answer, [K] or [K, 1, 1].</param>
/// <param name="LooksLikeProbabilities">Whether both answers are in [0, 1] and sum to one, as logits of two unlike pictures do not.</param>
internal sealed record ClassifierTrial(int Classes, IReadOnlyList<long> OutputShape, bool LooksLikeProbabilities)
{
    private const float SumTolerance = 1e-3f;

    /// <summary>Runs the model on a grey picture and on stripes.</summary>
    /// <exception cref="UserErrorException">It fails, or answers with something else than a row of at least two finite numbers (model rejected).</exception>
    public static ClassifierTrial Run(string path, InferenceSession session, PictureFormat format, int width, int height)
    {
        PictureModel model = new([], width, height) { Format = format };
        float[] picture = new float[3 * width * height], fed = new float[picture.Length];
        using RunOptions run = new();
        long[] shape = [];
        bool probable = true;
        foreach (int stripes in (int[])[0, 1])
        {
            for (int i = 0; i < picture.Length; i++)
                picture[i] = 0.5f + (stripes * 0.4f * MathF.Sin(i / 3f));
            format.Convert(picture, fed);
            (shape, float[] answer) = Run(path, session, run, fed, model.InputShape(1));
            if (shape.Length < 2 || shape[0] != 1 || shape[1] < 2 || shape.Skip(2).Any(length => length != 1))
                throw Rejected(path, $"it answers a picture with [{string.Join(", ", shape)}], expected [1, K] with K classes, at least 2");
            if (answer.Any(value => !float.IsFinite(value)))
                throw Rejected(path, "it answers a made-up picture with values that are not finite");
            probable &= answer.All(value => value is >= 0 and <= 1 + SumTolerance) && MathF.Abs(answer.Sum() - 1) < SumTolerance;
        }

        return new ClassifierTrial((int)shape[1], shape[1..], probable);
    }

    private static (long[] Shape, float[] Answer) Run(string path, InferenceSession session, RunOptions run, float[] fed, long[] shape)
    {
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(fed, shape);
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, session.InputNames, [input], session.OutputNames);
            return (outputs[0].GetTensorTypeAndShape().Shape, outputs[0].GetTensorDataAsSpan<float>().ToArray());
        }
        catch (OnnxRuntimeException error)
        {
            throw Rejected(path, $"a trial run on [{string.Join(", ", shape)}] failed: {OnnxSessions.FirstLine(error)}", error);
        }
    }

    private static UserErrorException Rejected(string path, string reason, Exception? inner = null) =>
        new(ExitCode.ModelRejected, $"classifier '{path}' cannot be used: {reason}.", inner);
}
