using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Evaluation;

public sealed class OnnxDefenceTests : IDisposable
{
    private const int Count = 2;
    private const int Width = 48;
    private const int Height = 32;

    private readonly string path = Path.Combine(Path.GetTempPath(), $"realtime-defence-{Guid.NewGuid():N}.onnx");
    private readonly MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
    private readonly OnnxDefence defence;
    private readonly float[] pictures;

    public OnnxDefenceTests()
    {
        OnnxWriter.Write(PurifierExporter.Build(net), path);
        defence = new OnnxDefence(path);
        Random random = new(4);
        pictures = [.. Enumerable.Range(0, Count * 3 * Width * Height).Select(_ => 0.3f + (0.4f * random.NextSingle()))];
    }

    public void Dispose()
    {
        defence.Dispose();
        net.Dispose();
        File.Delete(path);
    }

    [Fact]
    public void Larger_pictures_go_through_the_net_tile_by_tile()
    {
        float[] defended = new float[pictures.Length];
        defence.Defend(pictures, Width, Height, new Random(0), defended);

        using IDisposable still = no_grad();
        using Tensor whole = tensor(pictures, [Count, 3, Height, Width]);
        using Tensor tile = whole.narrow(2, 16, 16).narrow(3, 32, 16).contiguous();
        using Tensor purified = net.Purify(tile).clamp(0f, 1f);
        using Tensor found = tensor(defended, [Count, 3, Height, Width]).narrow(2, 16, 16).narrow(3, 32, 16).contiguous();
        Assert.InRange(TinyNets.LargestDifference(purified, found), 0, 1e-4f);
    }

    [Fact]
    public void The_way_back_agrees_with_finite_differences()
    {
        Random random = new(5);
        float[] upstream = Draw(random), direction = Draw(random), defended = new float[pictures.Length], gradient = new float[pictures.Length];
        const float Step = 2e-4f;
        double Along(float sign)
        {
            defence.Defend([.. pictures.Zip(direction, (x, d) => x + (sign * Step * d))], Width, Height, random, defended);
            return defended.Zip(upstream, (y, u) => (double)y * u).Sum();
        }

        double slope = (Along(1) - Along(-1)) / (2 * Step);
        defence.Defend(pictures, Width, Height, random, defended);
        defence.Backward(upstream, gradient);

        Assert.Equal(slope, gradient.Zip(direction, (g, d) => (double)g * d).Sum(), 0.02 * Math.Abs(slope));
    }

    [Fact]
    public void A_size_that_is_no_whole_number_of_tiles_is_refused() =>
        Assert.Throws<ArgumentException>(() => defence.Defend(new float[3 * 20 * 16], 20, 16, new Random(0), new float[3 * 20 * 16]));

    private float[] Draw(Random random) => [.. Enumerable.Range(0, pictures.Length).Select(_ => random.NextSingle() - 0.5f)];
}
