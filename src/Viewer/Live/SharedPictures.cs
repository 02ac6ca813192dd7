using Realtime.Filter.Gpu;
using Realtime.Filter.Gpu.Frames;

namespace Realtime.Viewer.Live;

/// <summary>
/// Purified frames that stay on the device which draws the window, where the purifier runs on the same one: copied there from the purifier's
/// buffer, never through the host. The host's copy, which the classifier needs, is made beside it.
/// </summary>
internal sealed class SharedPictures : IFrameTap
{
    private const int OnTheWay = 6;     // more than there are frames between the purifier and the window

    private readonly object gate = new();
    private readonly SharedPicture?[] taken = new SharedPicture?[OnTheWay];
    private readonly Stack<SharedPicture> free = new();
    private GpuDevice? device;

    /// <summary>The device that draws; frames on another are left to the host. Null where none is to be shared.</summary>
    public GpuDevice? Device
    {
        get => Volatile.Read(ref device);
        set => Volatile.Write(ref device, value);
    }

    /// <inheritdoc/>
    public void Take(long frame, GpuDevice device, GpuBuffer purified)
    {
        if (!ReferenceEquals(device, Device))
            return;
        SharedPicture? picture = Free(device, purified.Size);
        if (picture is null)
            return;
        try
        {
            picture.Copy(frame, purified);
        }
        catch (GpuDeviceLostException)
        {
            return;     // the purifier and the window find that out too, and open devices again
        }

        lock (gate)
        {
            ref SharedPicture? place = ref taken[frame % OnTheWay];
            if (place is not null)
                free.Push(place);       // nobody wanted to see it
            place = picture;
        }
    }

    /// <summary>The picture of a frame, or null where it is not on the device.</summary>
    /// <param name="frame">The frame's number.</param>
    /// <param name="used">A picture that is no longer shown, or null.</param>
    public SharedPicture? Exchange(long frame, SharedPicture? used)
    {
        lock (gate)
        {
            if (used is not null)
                free.Push(used);
            ref SharedPicture? place = ref taken[frame % OnTheWay];
            if (place is null || place.Frame != frame)
                return null;
            SharedPicture found = place;
            place = null;
            return found;
        }
    }

    private SharedPicture? Free(GpuDevice device, ulong bytes)
    {
        lock (gate)
        {
            while (free.TryPop(out SharedPicture? picture))
            {
                if (ReferenceEquals(picture.Device, device))
                    return picture;     // one of a device that was lost went with it
            }
        }

        try
        {
            return new SharedPicture(device, bytes);
        }
        catch (GpuOutOfMemoryException)
        {
            return null;        // shown from the host's copy, as without sharing
        }
    }
}
