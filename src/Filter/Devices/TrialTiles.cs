namespace Realtime.Filter.Devices;

/// <summary>The fixed batch that a device is tried on: smooth colour ramps with noise, the same every time.</summary>
public static class TrialTiles
{
    /// <summary>Number of tiles.</summary>
    public const int Count = 4;

    private const int Seed = 20;
    private const float NoiseRadius = 0.08f;

    /// <summary>Makes the batch.</summary>
    /// <param name="tileSize">Edge length S of a tile in pixels.</param>
    /// <returns>[4, 3, S, S] RGB in [0, 1].</returns>
    public static float[] Create(int tileSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tileSize, 1);
        Random random = new(Seed);
        float[] tiles = new float[Count * 3 * tileSize * tileSize];
        int next = 0;
        for (int plane = 0; plane < Count * 3; plane++)
        {
            float level = random.NextSingle(), right = random.NextSingle() - 0.5f, down = random.NextSingle() - 0.5f;
            for (int y = 0; y < tileSize; y++)
            {
                for (int x = 0; x < tileSize; x++)
                {
                    float noise = NoiseRadius * ((2 * random.NextSingle()) - 1);
                    tiles[next++] = Math.Clamp(level + (((right * x) + (down * y)) / tileSize) + noise, 0, 1);
                }
            }
        }

        return tiles;
    }
}
