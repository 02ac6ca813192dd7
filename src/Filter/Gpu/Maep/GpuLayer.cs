namespace Realtime.Filter.Gpu.Maep;

/// <summary>A layer on the device: its kernel, specialised, and its weights.</summary>
/// <param name="Name">The layer's name in the model.</param>
/// <param name="Pipeline">gemm.comp or gemm_coopmat.comp for this shape.</param>
/// <param name="Weights">[4 K, N] cells.</param>
/// <param name="Bias">[4 N] float32.</param>
/// <param name="K">Input cells.</param>
/// <param name="N">Output cells.</param>
/// <param name="GroupRows">Output rows of a workgroup.</param>
/// <param name="GroupCells">Output cells of a workgroup along the width.</param>
/// <param name="InputReads">How often each input number stands in the product's rows: 9 for a 3x3 neighbourhood, else 1.</param>
/// <param name="FrameBuffers">See <see cref="GemmOptions.FrameBuffers"/>.</param>
internal sealed record GpuLayer(string Name, GpuPipeline Pipeline, GpuBuffer Weights, GpuBuffer Bias, uint K, uint N, uint GroupRows, uint GroupCells, uint InputReads, uint FrameBuffers);
