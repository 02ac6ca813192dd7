using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Devices;
using Realtime.Filter.Tests.Purifiers;

namespace Realtime.Filter.Tests.Devices;

public sealed class ProviderSessionTests : IDisposable
{
    private readonly TinyModels models = new();

    public void Dispose() => models.Dispose();

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float16)]
    public void A_provider_that_takes_no_node_is_refused_and_not_replaced_by_the_cpu(Precision precision)
    {
        ProviderSetup idle = new("GpuExecutionProvider", [], _ => { });

        OnnxRuntimeException error = Assert.Throws<OnnxRuntimeException>(() => ProviderSession.Open(models.Invert(), idle, precision, (2, "N"), 32));

        Assert.Contains("fallback", error.Message, StringComparison.Ordinal);
    }
}
