namespace Realtime.Filter.Devices;

/// <summary>What a model can run on.</summary>
public enum DeviceKind
{
    /// <summary>ONNX Runtime on the processor.</summary>
    Cpu,

    /// <summary>Our own compute shaders on any Vulkan device.</summary>
    Vulkan,

    /// <summary>ONNX Runtime's CUDA provider, on an NVIDIA GPU.</summary>
    Cuda,

    /// <summary>ONNX Runtime's TensorRT provider, on an NVIDIA GPU; what TensorRT cannot do runs on CUDA.</summary>
    TensorRt,

    /// <summary>ONNX Runtime's WebGPU provider, on any Vulkan device that Dawn accepts.</summary>
    WebGpu,
}
