using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Gradients;

/// <summary>A classifier behind a purifier as one model `picture` [N, 3, H, W] -> `logits` [N, K], and the gradient graph of both.</summary>
public sealed class DefendedModel
{
    private readonly OnnxGraph graph = new() { Name = "defended" };
    private readonly HashSet<string> straightThrough = new(StringComparer.Ordinal);

    private DefendedModel(OnnxModel? purifier, string purifierName, OnnxModel classifier, string classifierName)
    {
        Name = purifier is null ? classifierName : $"{purifierName} + {classifierName}";
        OnnxValue picture = PictureOf(classifier, classifierName, "classifier");
        OnnxDimension[] dimensions = [.. picture.Dimensions!];
        string seen = Continue().Input("picture", dimensions);
        if (purifier is not null)
        {
            if (purifier.Opset != classifier.Opset)
                throw Rejected(purifierName, $"it is of operator set {purifier.Opset}, '{classifierName}' of {classifier.Opset}; export both for the same one");
            seen = Purified(purifier, purifierName, seen, dimensions[2].Size!.Value, dimensions[3].Size!.Value);
        }

        string logits = Append(classifier, classifierName, "classifier", seen);
        Continue().Output(logits, "logits", [.. classifier.Graph.Outputs[0].Dimensions ?? []]);
        Forward = classifier.With(graph);
        foreach ((string domain, long version) in purifier?.Opsets ?? [])
            Forward.Opsets[domain] = version;
    }

    /// <summary>What it was made of, for messages and display.</summary>
    public string Name { get; }

    /// <summary>picture -> logits, with the classifier's metadata; the purified picture is limited to [0, 1] as in use.</summary>
    public OnnxModel Forward { get; }

    /// <summary>Chains two models.</summary>
    /// <param name="purifier">
    /// [N, 3, S, S] -> the same, or null for none. Pictures that are larger than its tiles are cut into a whole number of them, without overlap.
    /// </param>
    /// <param name="purifierName">Its file, for messages.</param>
    /// <param name="classifier">[N, 3, H, W] -> logits.</param>
    /// <param name="classifierName">Its file, for messages.</param>
    /// <exception cref="UserErrorException">They have other inputs or outputs, or do not fit each other (model rejected); the message names the file.</exception>
    public static DefendedModel Of(OnnxModel? purifier, string purifierName, OnnxModel classifier, string classifierName)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        return new DefendedModel(purifier, purifierName, classifier, classifierName);
    }

    /// <summary>
    /// The gradient graph, see <see cref="GradientGraph"/>. The purifier's last limit to [0, 1] counts as the identity on the way back: its true
    /// slope is zero where a pixel saturates, which would only hinder the attack.
    /// </summary>
    /// <exception cref="UserErrorException">An operator has no gradient rule (model rejected); the message names the file and the node.</exception>
    public OnnxModel WithGradient()
    {
        try
        {
            return GradientGraph.From(Forward, straightThrough);
        }
        catch (UserErrorException error) when (!error.Message.StartsWith('\''))
        {
            throw new UserErrorException(error.ExitCode, $"'{Name}': {error.Message}", error);
        }
    }

    private static OnnxValue PictureOf(OnnxModel model, string name, string kind)
    {
        OnnxValue[] inputs = [.. model.Graph.Inputs.Where(value => model.Graph.FindInitializer(value.Name) is null)];
        if (inputs is [{ ElementType: OnnxElementType.Float, Dimensions: [{ Size: null }, { Size: 3 }, { Size: > 0 }, { Size: > 0 }] }] && model.Graph.Outputs.Count == 1)
            return inputs[0];
        throw Rejected(name, $"a {kind} has one float32 input [N, 3, H, W] (N free) and one output; found {string.Join(", ", inputs)} -> {string.Join(", ", model.Graph.Outputs)}");
    }

    private static UserErrorException Rejected(string name, string why) => new(ExitCode.ModelRejected, $"'{name}': {why}.");

    private string Purified(OnnxModel purifier, string name, string picture, long height, long width)
    {
        OnnxValue tile = PictureOf(purifier, name, "purifier");
        (long tileHeight, long tileWidth) = (tile.Dimensions![2].Size!.Value, tile.Dimensions[3].Size!.Value);
        if (height % tileHeight != 0 || width % tileWidth != 0)
            throw Rejected(name, $"it purifies tiles of {tileWidth}x{tileHeight} pixels, and the classifier's {width}x{height} are no whole number of them");
        (long rows, long columns) = (height / tileHeight, width / tileWidth);
        if (rows * columns == 1)
            return Append(purifier, name, "purifier", picture);
        OnnxGraphBuilder g = Continue();
        string cut = g.Transpose(g.Reshape(picture, -1, 3, rows, tileHeight, columns, tileWidth), 0, 2, 4, 1, 3, 5);
        string purified = Append(purifier, name, "purifier", g.Reshape(cut, -1, 3, tileHeight, tileWidth));
        g = Continue();
        return g.Reshape(g.Transpose(g.Reshape(purified, -1, rows, columns, 3, tileHeight, tileWidth), 0, 3, 1, 4, 2, 5), -1, 3, height, width);
    }

    private OnnxGraphBuilder Continue() => new(graph);

    /// <summary>Copies a model's nodes behind those that are there; its values get a prefix, so that none collide.</summary>
    private string Append(OnnxModel model, string file, string prefix, string input)
    {
        string from = PictureOf(model, file, prefix).Name;
        foreach (OnnxTensor tensor in model.Graph.Initializers)
            graph.Initializers.Add(new OnnxTensor(Renamed(tensor.Name), tensor.ElementType, tensor.Dimensions, tensor.RawData));
        foreach (OnnxNode node in model.Graph.Nodes)
        {
            graph.Nodes.Add(node with
            {
                Name = $"{file}/{node.Name}",
                Inputs = [.. node.Inputs.Select(Renamed)],
                Outputs = [.. node.Outputs.Select(Renamed)],
            });
        }

        string output = Renamed(model.Graph.Outputs[0].Name);
        return prefix == "purifier" ? Limited(output) : output;

        string Renamed(string name) => name.Length == 0 ? "" : name == from ? input : $"{prefix}/{name}";
    }

    /// <summary>The purifier's output as whoever runs it limits it to [0, 1], where the file does not do so itself.</summary>
    private string Limited(string output)
    {
        OnnxNode? last = graph.FindMaker(output);
        if (last is not { OpType: "Clip" })
        {
            output = Continue().Clip(output, 0, 1);
            last = graph.Nodes[^1];
        }

        straightThrough.Add(last.Outputs[0]);
        return output;
    }
}
