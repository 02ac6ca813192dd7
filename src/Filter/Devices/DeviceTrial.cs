using System.Globalization;
using Realtime.Filter.Errors;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Devices;

/// <summary>
/// A device proves itself before it sees a frame: a fixed batch, purified by it and by the CPU in float32, must agree. Drivers and
/// compilers that compute something else, or nothing, are found here and not on screen.
/// </summary>
public static class DeviceTrial
{
    /// <summary>The largest difference that a device computing in <paramref name="precision"/> may show: 1e-3 in float32, one 8-bit level in float16.</summary>
    public static float Bound(Precision precision) => precision == Precision.Float16 ? 1f / 255 : 1e-3f;

    /// <summary>Compares <paramref name="device"/> with <paramref name="reference"/> on <see cref="TrialTiles"/>.</summary>
    /// <param name="name">The device as it was asked for, for the message.</param>
    /// <param name="device">What is on trial.</param>
    /// <param name="reference">The same model on the CPU in float32.</param>
    /// <param name="precision">What the device computes in.</param>
    /// <returns>The largest difference of a value.</returns>
    /// <exception cref="UserErrorException">It failed (<see cref="ExitCode.DeviceUnavailable"/>); the message holds the figures.</exception>
    public static float Check(string name, ITilePurifier device, ITilePurifier reference, Precision precision)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentOutOfRangeException.ThrowIfNotEqual(device.TileSize, reference.TileSize);
        float[] tiles = TrialTiles.Create(device.TileSize);
        float[] expected = new float[tiles.Length], found = new float[tiles.Length];
        reference.Purify(tiles, expected, TrialTiles.Count);
        try
        {
            device.Purify(tiles, found, TrialTiles.Count);
        }
        catch (PurificationException error)
        {
            throw Refused(name, $"it failed its trial: {error.Message}", error);
        }

        (float largest, int notFinite) = Compare(expected, found);
        float bound = Bound(precision);
        if (notFinite == 0 && largest <= bound)
            return largest;
        throw Refused(name, string.Create(
            CultureInfo.InvariantCulture,
            $"it computes something else than the CPU: largest difference {largest:0.0e+0} on {TrialTiles.Count} tiles, allowed {bound:0.0e+0} in {PrecisionName.Of(precision)}; {notFinite} of {found.Length} values are not finite. Update its driver, or use {(precision == Precision.Float16 ? "--precision fp32 or " : "")}--device cpu"));
    }

    private static (float Largest, int NotFinite) Compare(float[] expected, float[] found)
    {
        float largest = 0;
        int notFinite = 0;
        for (int i = 0; i < found.Length; i++)
        {
            if (float.IsFinite(found[i]))
                largest = Math.Max(largest, Math.Abs(found[i] - expected[i]));
            else
                notFinite++;
        }

        return (largest, notFinite);
    }

    private static UserErrorException Refused(string name, string why, Exception? inner = null) =>
        new(ExitCode.DeviceUnavailable, $"device '{name}' is refused: {why}.", inner);
}
