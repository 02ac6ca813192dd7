namespace Realtime.Filter.Gpu.Frames;

/// <summary>Takes purified frames where they are, on the device, before they are overwritten.</summary>
internal interface IFrameTap
{
    /// <summary>A frame is purified and healthy. Called from the thread that collects frames.</summary>
    /// <param name="frame">Its number.</param>
    /// <param name="device">Where it is.</param>
    /// <param name="purified">[H, W, 3] bytes, rounded up to whole words. Only what is submitted to the device's compute queue within this call may read it.</param>
    void Take(long frame, GpuDevice device, GpuBuffer purified);
}
