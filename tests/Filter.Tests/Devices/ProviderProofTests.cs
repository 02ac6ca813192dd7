using System.Text;
using Realtime.Filter.Devices;

namespace Realtime.Filter.Tests.Devices;

public sealed class ProviderProofTests
{
    private static readonly ProviderSetup Setup = new("GpuExecutionProvider", ["HelperExecutionProvider"], _ => { });

    [Theory]
    [InlineData("GpuExecutionProvider")]
    [InlineData("GpuExecutionProvider", "HelperExecutionProvider")]
    public void Nodes_on_the_provider_and_its_helpers_are_right(params string[] providers) => Assert.Null(ProviderProof.Fault(Profile(providers), Setup));

    [Fact]
    public void A_node_on_the_cpu_is_found()
    {
        string? fault = ProviderProof.Fault(Profile("GpuExecutionProvider", "CPUExecutionProvider", "GpuExecutionProvider"), Setup);

        Assert.Equal("the model's nodes did not all run on GpuExecutionProvider; found 2 on GpuExecutionProvider, 1 on CPUExecutionProvider", fault);
    }

    [Theory]
    [InlineData("found none")]
    [InlineData("found 1 on HelperExecutionProvider", "HelperExecutionProvider")]
    public void A_provider_that_did_nothing_is_found(string told, params string[] providers) =>
        Assert.EndsWith(told, ProviderProof.Fault(Profile(providers), Setup), StringComparison.Ordinal);

    private static byte[] Profile(params string[] providers)
    {
        IEnumerable<string> nodes = providers.Select(provider => $$$"""{"cat":"Node","dur":5,"name":"conv_kernel_time","args":{"provider":"{{{provider}}}"}}""");
        return Encoding.UTF8.GetBytes($$$"""[{"cat":"Session","name":"model_loading","args":{}},{{{string.Join(',', nodes.Append("""{"name":"end","args":{"provider":""}}"""))}}}]""");
    }
}
