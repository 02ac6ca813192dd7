using System.CommandLine;
using Realtime.Filter.Commands;
using Realtime.Filter.Models;

namespace Realtime.Filter.Tests.Commands;

public sealed class PurifierOptionsTests
{
    [Theory]
    [InlineData("", "maep-patch4-int8")]
    [InlineData("--device cpu", "maep-patch4-int8")]
    [InlineData("--device vulkan:1", "maep-patch4")]
    [InlineData("--device cuda --precision fp16", "maep-patch4")]
    [InlineData("--precision fp16", "maep-patch4")]
    [InlineData("-m maep-solids", "maep-solids")]
    [InlineData("--device vulkan -m maep-patch2", "maep-patch2")]
    public void Without_a_name_the_model_is_the_one_that_fits_the_device(string line, string model)
    {
        Command command = new("purify");
        PurifierOptions options = new(command);

        string found = options.Model(command.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.Equal(model, found);
        Assert.True(File.Exists(ModelCatalog.Resolve(found)));
    }
}
