namespace SixLabors.ImageSharp.Formats.Jpeg;

/// <summary>How a JPEG file is written.</summary>
public sealed class JpegEncoder
{
    private readonly int? quality;

    /// <summary>1..100 as in libjpeg; 75 where not set.</summary>
    public int? Quality
    {
        get => quality;
        init
        {
            if (value is < 1 or > 100)
                throw new ArgumentException("Quality factor must be in [1..100] range.");
            quality = value;
        }
    }
}
