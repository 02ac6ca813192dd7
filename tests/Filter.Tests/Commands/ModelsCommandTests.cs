using Realtime.Filter.Tests.Purifiers;
using static Realtime.Filter.Tests.Commands.RealtimeProcess;

namespace Realtime.Filter.Tests.Commands;

public sealed class ModelsCommandTests : IDisposable
{
    private readonly TinyModels models = new();

    public void Dispose() => models.Dispose();

    [Fact]
    public void Each_model_is_listed_with_kind_shapes_size_hash_and_the_first_sentence_of_its_card()
    {
        string path = models.Invert();
        File.WriteAllText(Path.ChangeExtension(path, ".md"), "# invert\n\n| fact | value |\n\nTurns pictures into negatives.\n");
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))[..12];

        Outcome outcome = Run(new Dictionary<string, string> { ["REALTIME_MODELS"] = models.Folder }, "models");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(
            $"invert                  purifier    picture float32 [N, 3, 32, 32] -> purified float32 [N, 3, 32, 32]  0.0 MB  {hash}  Turns pictures into negatives.\n",
            outcome.Output);
    }

    [Fact]
    public void Devices_names_the_cpu_and_the_list_is_the_same_from_purify()
    {
        Outcome devices = Run("devices");

        Assert.Equal(0, devices.ExitCode);
        Assert.StartsWith("cpu     ", devices.Output, StringComparison.Ordinal);
        Assert.Contains("CPUExecutionProvider", devices.Output, StringComparison.Ordinal);
        Assert.Equal(devices.Output, Run("purify", "--list-devices").Output);
    }
}
