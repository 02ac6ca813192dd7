using Realtime.Filter.Detection;
using Realtime.Filter.Devices;
using Realtime.Filter.Gpu;
using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Video;
using Realtime.Viewer.Live;

namespace Realtime.Viewer.App;

/// <summary>Opens what runs behind a window or a headless run.</summary>
internal static class ViewEngine
{
    /// <summary>Opens source, purifier and engine, and starts.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="isLive">Plays at the source's speed.</param>
    /// <param name="shared">The device that draws, where a purifier on it may leave its frames there.</param>
    /// <exception cref="Filter.Errors.UserErrorException">One of them cannot be opened; nothing stays open.</exception>
    public static LiveEngine Open(ViewSettings settings, bool isLive, GpuDevice? shared = null)
    {
        IFrameSource source = ViewSource.Open(settings.Input, settings.Start);
        ITilePurifier? purifier = null;
        try
        {
            purifier = PurifierFactory.Open(ModelCatalog.Resolve(settings.Model), settings.Device, settings.Precision, shared: shared);
            AlarmCalibration? alarm = AlarmFiles.Find(settings.Model, settings.State.Classifier);
            return new LiveEngine(settings.State, source, purifier, settings.Options(isLive, shared) with { Alarm = alarm });
        }
        catch
        {
            purifier?.Dispose();
            source.Dispose();
            throw;
        }
    }
}
