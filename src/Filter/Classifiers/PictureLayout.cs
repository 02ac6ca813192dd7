namespace Realtime.Filter.Classifiers;

/// <summary>How a model wants the values of a picture to lie in memory.</summary>
public enum PictureLayout
{
    /// <summary>[N, 3, H, W], a plane a channel: torch's, and that of our own models.</summary>
    Nchw,

    /// <summary>[N, H, W, 3], the channels of a pixel side by side: TensorFlow's.</summary>
    Nhwc,
}
