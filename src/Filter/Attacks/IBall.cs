namespace Realtime.Filter.Attacks;

/// <summary>The set an attack may search: pictures within <see cref="Epsilon"/> of the clean ones, intersected with [0, 1].</summary>
public interface IBall
{
    /// <summary>What <see cref="Epsilon"/> measures.</summary>
    Norm Norm { get; }

    /// <summary>Radius in units of the pixel range.</summary>
    float Epsilon { get; }

    /// <summary>Centres the ball.</summary>
    /// <param name="clean">[count, 3, H, W] in [0, 1].</param>
    /// <param name="count">Number of pictures.</param>
    /// <exception cref="ArgumentException">A value is not a number in [0, 1]; the message names it.</exception>
    void MoveTo(ReadOnlySpan<float> clean, int count);

    /// <summary>Brings every picture into the ball.</summary>
    /// <param name="pictures">As many values as the centre has.</param>
    void Project(Span<float> pictures);

    /// <summary>The longest climb along a slope in this norm: signs in L-infinity, the normalised slope in L2. Does not project.</summary>
    /// <param name="pictures">[count, 3, H, W], changed in place.</param>
    /// <param name="slope">[count, 3, H, W].</param>
    /// <param name="sizes">[count] length of each picture's step.</param>
    void Climb(Span<float> pictures, ReadOnlySpan<float> slope, ReadOnlySpan<float> sizes);

    /// <summary>Random points, uniform in the ball before it is intersected with [0, 1].</summary>
    /// <param name="pictures">Receives the points.</param>
    /// <param name="random">The source of chance.</param>
    void StartInside(Span<float> pictures, Random random);

    /// <summary>Random points whose distance is exactly the radius before the ball is intersected with [0, 1].</summary>
    /// <param name="pictures">Receives the points.</param>
    /// <param name="random">The source of chance.</param>
    void StartOnSurface(Span<float> pictures, Random random);
}
