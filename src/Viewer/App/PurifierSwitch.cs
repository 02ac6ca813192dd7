using Realtime.Filter.Detection;
using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Gpu;
using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;
using Realtime.Viewer.Live;

namespace Realtime.Viewer.App;

/// <summary>
/// Other models and devices while the stream runs: opened and tried beside the running purifier, and swapped in between two frames. What is
/// refused changes nothing but the note. One at a time; used from the window's thread.
/// </summary>
internal sealed class PurifierSwitch(Precision precision, LiveEngine engine, Action<string, double> note) : IDisposable
{
    private const double Long = 60, Refused = 8;    // seconds of a note

    private IReadOnlyList<DeviceChoice>? devices;
    private DeviceChoice tried = DeviceChoice.Parse(engine.State.Device);
    private Task loading = Task.CompletedTask;

    /// <summary>The next shipped purifier, on the same device.</summary>
    public void NextModel()
    {
        string[] models = [.. ModelCatalog.Names().Where(name => name.StartsWith("maep", StringComparison.Ordinal))];
        if (models.Length > 0)
            Begin(models[(Array.IndexOf(models, engine.State.Model) + 1) % models.Length], () => DeviceChoice.Parse(engine.State.Device));
    }

    /// <summary>The same purifier on the next device that this machine has; one that was refused is passed by.</summary>
    public void NextDevice() => Begin(engine.State.Model, () =>
    {
        devices ??= DeviceList.Present();
        int at = devices.ToList().IndexOf(tried);
        return tried = devices[(at + 1) % devices.Count];
    });

    /// <summary>Throws what opening one threw and no note can tell: a fault of the program.</summary>
    public void ThrowIfBroken()
    {
        if (loading.IsFaulted)
            loading.GetAwaiter().GetResult();
    }

    /// <summary>Waits for what is being opened.</summary>
    public void Dispose() => ((IAsyncResult)loading).AsyncWaitHandle.WaitOne();

    private void Begin(string model, Func<DeviceChoice> choose)
    {
        if (!loading.IsCompleted)
            return;
        note($"opening {model} ...", Long);
        loading = Task.Run(() => Load(model, choose));
    }

    private void Load(string model, Func<DeviceChoice> choose)
    {
        ITilePurifier? purifier = null;
        try
        {
            DeviceChoice device = choose();
            note($"opening {model} on {device} ...", Long);
            purifier = LowPriority.Make(() => PurifierFactory.Open(ModelCatalog.Resolve(model), device, precision, shared: engine.Pictures.Device));
            engine.Swap(purifier, AlarmFiles.Find(model, engine.State.Classifier));
            (engine.State.Model, engine.State.Device) = (model, device.ToString());
            note($"purifier: {model} on {device}", 2.5);
        }
        catch (Exception error) when (error is UserErrorException or GpuException)
        {
            purifier?.Dispose();
            note($"{error.Message} The purifier stays {engine.State.Model} on {engine.State.Device}.", Refused);
        }
    }
}
