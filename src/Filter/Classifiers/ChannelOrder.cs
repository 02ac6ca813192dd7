namespace Realtime.Filter.Classifiers;

/// <summary>Which colour a model wants first.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red: models that were trained on what OpenCV or Caffe loads.</summary>
    Bgr,
}
