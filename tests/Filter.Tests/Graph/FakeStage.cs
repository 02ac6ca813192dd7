using Realtime.Filter.Frames;
using Realtime.Filter.Graph;

namespace Realtime.Filter.Tests.Graph;

internal sealed class FakeStage(string name, Action<FrameSlot, CancellationToken> work) : IFrameStage
{
    public string Name => name;

    public void Process(FrameSlot slot, CancellationToken cancellation) => work(slot, cancellation);

    public void Dispose()
    {
    }
}
