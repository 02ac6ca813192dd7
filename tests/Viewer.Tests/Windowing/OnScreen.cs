namespace Realtime.Viewer.Tests.Windowing;

/// <summary>Tests that open windows: on one screen, one after the other, as windows are made on one thread at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OnScreen : ICollectionFixture<Screen>
{
    public const string Name = "on screen";
}
