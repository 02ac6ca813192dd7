using Microsoft.ML.OnnxRuntime;

namespace Realtime.Filter.Devices;

/// <summary>How a session gets onto one of ONNX Runtime's providers.</summary>
/// <param name="Provider">ONNX Runtime's name of it ("CUDAExecutionProvider").</param>
/// <param name="Helpers">Providers that may take what the first one cannot; never the CPU.</param>
/// <param name="Append">Adds the providers to the options of a session.</param>
internal sealed record ProviderSetup(string Provider, IReadOnlyList<string> Helpers, Action<SessionOptions> Append)
{
    /// <summary>CUDA on GPU <paramref name="index"/>, with its graphs.</summary>
    public static ProviderSetup Cuda(int index) => new("CUDAExecutionProvider", [], options => AppendCuda(options, index, graph: true));

    /// <summary>TensorRT on GPU <paramref name="index"/>; engines are kept in <paramref name="cache"/>.</summary>
    public static ProviderSetup TensorRt(int index, Precision precision, string cache) => new(
        "TensorrtExecutionProvider",
        ["CUDAExecutionProvider"],
        options =>
        {
            using OrtTensorRTProviderOptions tensorRt = new();
            tensorRt.UpdateOptions(new Dictionary<string, string>
            {
                ["device_id"] = Number(index),
                ["trt_fp16_enable"] = precision == Precision.Float16 ? "1" : "0",
                ["trt_layer_norm_fp32_fallback"] = "1",
                ["trt_engine_cache_enable"] = "1",
                ["trt_engine_cache_path"] = cache,
                ["trt_timing_cache_enable"] = "1",
                ["trt_timing_cache_path"] = cache,
            });
            options.AppendExecutionProvider_Tensorrt(tensorRt);
            AppendCuda(options, index, graph: false);
        });

    /// <summary>WebGPU on the adapter that Dawn prefers.</summary>
    public static ProviderSetup WebGpu() => new(
        "WebGpuExecutionProvider",
        [],
        options => options.AppendExecutionProvider("WebGPU", new Dictionary<string, string> { ["powerPreference"] = "high-performance", ["validationMode"] = "disabled" }));

    // TF32 would break the float32 bound; an exhaustive search costs seconds once and is worth it for hours of video.
    private static void AppendCuda(SessionOptions options, int index, bool graph)
    {
        using OrtCUDAProviderOptions cuda = new();
        cuda.UpdateOptions(new Dictionary<string, string>
        {
            ["device_id"] = Number(index),
            ["enable_cuda_graph"] = graph ? "1" : "0",
            ["cudnn_conv_algo_search"] = "EXHAUSTIVE",
            ["cudnn_conv_use_max_workspace"] = "1",
            ["arena_extend_strategy"] = "kSameAsRequested",
            ["use_tf32"] = "0",
        });
        options.AppendExecutionProvider_CUDA(cuda);
    }

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
