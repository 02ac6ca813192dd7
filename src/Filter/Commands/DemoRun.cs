using System.Globalization;
using Realtime.Filter.Attacks;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Demo;
using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Solids;
using Realtime.Filter.Tiles;
using Realtime.Filter.Video;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Realtime.Filter.Commands;

/// <summary>One run of <c>demo</c>: models, scene, attack, video, picture, table.</summary>
internal sealed class DemoRun(DemoSettings settings)
{
    private const int DefaultSteps = 10;
    private const int Zoom = 2;

    private readonly ConsoleLog log = new(settings.LogLevel);

    /// <summary>Runs to the end and prints the table to stdout.</summary>
    /// <returns><see cref="ExitCode.Ok"/>, or <see cref="ExitCode.Failed"/> where frames stayed unpurified.</returns>
    public ExitCode Execute(CancellationToken cancellation)
    {
        PurifierFactory.Require(settings.Device);
        using OnnxClassifier classifier = OnnxClassifier.Open(settings.Classifier);
        using ITilePurifier purifier = PurifierFactory.Open(
            ModelCatalog.Resolve(settings.Model),
            settings.Device,
            settings.Precision,
            log: note => log.Write(LogLevel.Warning, note),
            figures: note => log.Write(LogLevel.Info, note));
        if (settings.Overlap > TileGrid.MaxOverlap(purifier.TileSize))
            throw new UserErrorException(ExitCode.Usage, $"--overlap {settings.Overlap} is too large for tiles of {purifier.TileSize} pixels: at most {TileGrid.MaxOverlap(purifier.TileSize)}.");

        OnnxGradient[] victims = OpenVictims();
        try
        {
            SolidsOptions scene = new(settings.Seconds, settings.Seed, FramesPerSecond: settings.FramesPerSecond);
            FrameAttacker[] attackers = [.. victims.Select(victim => CreateAttacker(victim, scene))];
            return Run(scene, purifier, new DemoModels(classifier, purifier, settings.Overlap, attackers), cancellation);
        }
        finally
        {
            foreach (OnnxGradient victim in victims)
                victim.Dispose();
        }
    }

    private ExitCode Run(SolidsOptions scene, ITilePurifier purifier, DemoModels models, CancellationToken cancellation)
    {
        string attack = CreateAttack().Name, classifier = models.Classifier.Name;
        string caption = $"{attack} on {classifier}, purifier {purifier.Name}; the attacker knows the classifier only";
        using DemoSource demo = new(scene, models, Zoom, caption);
        purifier.Prepare(new TileGrid(scene.Width, scene.Height, purifier.TileSize, settings.Overlap).Count);
        log.Write(LogLevel.Info, $"device {DeviceOptions.Describe(settings.Device, settings.Precision)}; {attack} on classifier {classifier}; purifier {purifier.Name}, overlap {settings.Overlap}");

        CreateFolder();
        string video = Path.Combine(settings.Folder, "demo.mp4"), picture = Path.Combine(settings.Folder, "demo.png");
        using (IFrameSink sink = FrameSinks.Create(video, demo))
        {
            FrameGraph graph = new(demo, [], sink, FramePicture.Raw);
            using ProgressReporter progress = new(graph, demo.Format.FrameCount, settings.Progress);
            graph.Run(cancellation);
        }
        SaveStill(demo, picture);

        string heading = string.Create(
            CultureInfo.InvariantCulture,
            $"{demo.Name}; attack {attack} on classifier {classifier}; purifier {purifier.Name}, overlap {settings.Overlap}");
        Console.Out.Write(DemoReport.Table(demo.Score, heading));
        Console.Out.WriteLine($"\nwrote {video} (raw, attacked, purified side by side)\nwrote {picture} ({DescribeStill(demo)})");
        return demo.Score.Unpurified > 0 ? ExitCode.Failed : ExitCode.Ok;
    }

    // One for each core, each on one core: frames are attacked one by one, and a batch of one gives a second core nothing to do.
    private OnnxGradient[] OpenVictims() =>
        [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => OnnxGradient.Open(settings.Classifier, threads: 1))];

    private FrameAttacker CreateAttacker(OnnxGradient victim, SolidsOptions scene)
    {
        BilinearResize resize = new(scene.Width, scene.Height, victim.Width, victim.Height);
        return new FrameAttacker(CreateAttack(), new ResizedGradient(victim, resize), unchecked((int)settings.Seed));
    }

    private IAttack CreateAttack()
    {
        bool takesSteps = settings.Attack.ToLowerInvariant() is not ("fgsm" or "autoattack");
        return AttackFactory.Create(settings.Attack, settings.Epsilon, settings.Steps ?? (takesSteps ? DefaultSteps : null));
    }

    private void CreateFolder()
    {
        try
        {
            Directory.CreateDirectory(settings.Folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.Failed, $"folder '{settings.Folder}' cannot be made: {error.Message} Name another with -o.", error);
        }
    }

    private static void SaveStill(DemoSource demo, string path)
    {
        using PartialFile file = new(path);
        using Image<Rgb24> image = Image.LoadPixelData<Rgb24>(demo.Still, demo.Format.Width, demo.Format.Height);
        image.SaveAsPng(file.TemporaryPath);
        file.Complete();
    }

    private static string DescribeStill(DemoSource demo) => demo.StillShowsRescue
        ? "the first frame of the second half that the attack turned and the purifier turned back"
        : "the first frame of the second half; no frame there was turned by the attack and turned back by the purifier";
}
