using System.CommandLine;
using Realtime.Trainer.Training;
using static TorchSharp.torch;

namespace Realtime.Trainer.Commands;

/// <summary>The flags that every training command has.</summary>
internal sealed class RunFlags
{
    private readonly Option<string> folder = new("--checkpoints") { Description = "Folder of checkpoints and logs.", DefaultValueFactory = _ => Path.Combine("out", "checkpoints") };
    private readonly Option<int> seed = new("--seed") { Description = "Seed of every random choice.", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> resume = new("--resume") { Description = "Go on from the checkpoint of the same name and recipe." };
    private readonly Option<int> threads = new("--threads") { Description = "CPU threads (default: all cores).", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<string> precision = new("--precision") { Description = "Format of matrix products: bf16, fp32 or auto (bf16 where the CPU has it).", DefaultValueFactory = _ => "auto" };

    internal RunFlags(string defaultName) => Name = new("--name") { Description = "Name of the model and its checkpoint.", DefaultValueFactory = _ => defaultName };

    internal Option<string> Name { get; }

    internal void AddTo(Command command)
    {
        precision.AcceptOnlyFromAmong("auto", "bf16", "fp32");
        foreach (Option option in new Option[] { Name, folder, seed, resume, threads, precision })
            command.Add(option);
    }

    /// <summary>The weights file that the run will leave.</summary>
    internal string WeightsPath(ParseResult parsed) => Path.Combine(parsed.GetValue(folder)!, parsed.GetValue(Name) + Weights.Ending);

    internal int Seed(ParseResult parsed) => parsed.GetValue(seed);

    /// <summary>Seeds torch, sets its threads and answers the format of the products.</summary>
    internal ScalarType Prepare(ParseResult parsed)
    {
        set_num_threads(parsed.GetValue(threads));
        random.manual_seed(parsed.GetValue(seed));
        bool bfloat16 = parsed.GetValue(precision) switch { "bf16" => true, "fp32" => false, _ => CpuFeatures.HasBFloat16 };
        return bfloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
    }

    internal RunOptions Options(ParseResult parsed, string recipe, Schedule schedule, long evaluateEvery, double emaDecay) => new()
    {
        Name = parsed.GetValue(Name)!,
        Folder = parsed.GetValue(folder)!,
        Recipe = recipe,
        Schedule = schedule,
        Seed = parsed.GetValue(seed),
        Resume = parsed.GetValue(resume),
        EvaluateEvery = evaluateEvery,
        EmaDecay = emaDecay,
    };
}
