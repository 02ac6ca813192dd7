namespace Realtime.Bench;

/// <summary>What torch_eager.py answers for one number type.</summary>
/// <param name="Format">float32 or bfloat16.</param>
/// <param name="Difference">Largest difference to ONNX Runtime's float32 output on one batch, in [0, 1].</param>
/// <param name="Seconds">For all tiles; the best of the rounds that fitted.</param>
/// <param name="Version">Of PyTorch.</param>
internal sealed record TorchFigure(string Format, double Difference, double Seconds, string Version);
