using System.CommandLine;
using System.CommandLine.Parsing;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Guard;

namespace Realtime.Filter.Commands;

/// <summary>The options that put a classifier behind the purifier, and say how to feed one of others.</summary>
internal sealed class ClassifierOptions
{
    private const string ForOthers = "For models without realtime.* metadata.";

    private readonly Option<string?> classifier = new("--classifier") { Description = "Classify every frame, raw and purified: a shipped classifier by name or the path of any ONNX image classifier.", HelpName = "NAME|FILE" };
    private readonly Option<Protection> protect = new("--protect") { Description = "picture: purify the frames and write them. classifier: purify only what the classifier will see, at its resolution, and pass the frames through as they came.", DefaultValueFactory = _ => Protection.Picture };
    private readonly Option<string?> labels = new("--labels") { Description = "Class names of the classifier, one a line.", HelpName = "FILE" };
    private readonly Option<int> top = new("--top") { Description = "Classes to tell of each verdict.", HelpName = "N", DefaultValueFactory = _ => 3 };
    private readonly Option<PictureLayout?> layout = new("--classifier-layout") { Description = $"{ForOthers} Default: by where its shape has the 3." };
    private readonly Option<string?> size = new("--classifier-size") { Description = $"{ForOthers} Pixels, where its input leaves them open.", HelpName = "N|WxH" };
    private readonly Option<ChannelOrder?> channels = new("--classifier-channels") { Description = $"{ForOthers} Default: by its metadata, else rgb." };
    private readonly Option<string?> mean = new("--classifier-mean") { Description = $"{ForOthers} Taken off red, green and blue in [0, 1]: one number or three, as 0.5 or 123.7/255. Default: by its metadata, else ImageNet's.", HelpName = "R,G,B" };
    private readonly Option<string?> deviation = new("--classifier-std") { Description = $"{ForOthers} What they are divided by then; 1/255 for a model that takes 0 to 255. Default: likewise.", HelpName = "R,G,B" };
    private readonly Option<ClassifierOutput?> output = new("--classifier-output") { Description = $"{ForOthers} Default: probabilities where a trial gives numbers that sum to one, else logits." };

    public ClassifierOptions(Command command)
    {
        top.RequireAtLeast(1);
        Option[] dependent = [labels, top, layout, size, channels, mean, deviation, output];
        foreach (Option option in (Option[])[classifier, protect, .. dependent])
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(classifier) is not null)
                return;
            if (result.GetValue(protect) == Protection.Classifier)
                result.AddError("--protect classifier needs to know which: --classifier NAME or FILE.");
            foreach (Option option in dependent.Where(option => result.GetResult(option) is { Implicit: false }))
                result.AddError($"{option.Name} is about a classifier; name one with --classifier.");
        });
    }

    /// <summary>Whether there is a classifier.</summary>
    public bool IsGiven(CommandResult result) => result.GetValue(classifier) is not null;

    /// <summary>The choice; null where there is no classifier.</summary>
    public ClassifierSettings? Read(ParseResult parsed) => parsed.GetValue(classifier) is not string model ? null : new ClassifierSettings(
        model,
        new ClassifierHints
        {
            Layout = parsed.GetValue(layout),
            Channels = parsed.GetValue(channels),
            Mean = parsed.GetValue(mean) is string taken ? ChannelValues.Parse(mean.Name, taken, mustBePositive: false) : null,
            Deviation = parsed.GetValue(deviation) is string divisor ? ChannelValues.Parse(deviation.Name, divisor, mustBePositive: true) : null,
            Size = parsed.GetValue(size) is string pixels ? ChannelValues.ParseSize(size.Name, pixels) : null,
            Output = parsed.GetValue(output),
            LabelFile = parsed.GetValue(labels),
        },
        parsed.GetValue(protect),
        parsed.GetValue(top));
}
