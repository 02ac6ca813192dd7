using System.Buffers.Binary;
using System.Text.Json;
using Realtime.Filter.Errors;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>Reads and writes named float32 tensors in the safetensors format: 8 bytes header length, a JSON header, raw data.</summary>
public static class Safetensors
{
    private const string MetadataKey = "__metadata__";
    private const long MostHeaderBytes = 16 << 20;

    /// <summary>Writes <paramref name="tensors"/> under a temporary name and renames when complete.</summary>
    public static void Write(string path, IEnumerable<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        (string Name, Tensor Tensor)[] list = [.. tensors];
        Dictionary<string, object> header = new() { [MetadataKey] = metadata };
        long offset = 0;
        foreach ((string name, Tensor tensor) in list)
        {
            long length = tensor.NumberOfElements * sizeof(float);
            header.Add(name, new { dtype = "F32", tensor.shape, data_offsets = new[] { offset, offset + length } });
            offset += length;
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        string temporary = path + ".tmp";
        using (FileStream file = File.Create(temporary))
        {
            Span<byte> size = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(size, json.Length);
            file.Write(size);
            file.Write(json);
            foreach ((_, Tensor tensor) in list)
                file.Write(tensor.bytes);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads the file's metadata alone.</summary>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path) => Open(path, (_, header, _) => Metadata(header));

    /// <summary>Reads into <paramref name="tensors"/>, each of which must be in the file with the same shape.</summary>
    /// <exception cref="UserErrorException">The file is broken off, or a tensor is missing or of another shape.</exception>
    public static void Read(string path, IEnumerable<(string Name, Tensor Tensor)> tensors)
    {
        Open(path, (file, header, dataStart) =>
        {
            foreach ((string name, Tensor tensor) in tensors)
            {
                JsonElement entry = header.GetProperty(name);
                long[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(e => e.GetInt64())];
                if (!shape.SequenceEqual(tensor.shape))
                    throw new UserErrorException(ExitCode.Failed, $"{path}: '{name}' has shape [{string.Join(',', shape)}], this net has [{string.Join(',', tensor.shape)}].");
                file.Position = dataStart + entry.GetProperty("data_offsets")[0].GetInt64();
                file.ReadExactly(tensor.bytes);
            }

            return true;
        });
    }

    private static Dictionary<string, string> Metadata(JsonElement header) =>
        header.GetProperty(MetadataKey).EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);

    private static T Open<T>(string path, Func<FileStream, JsonElement, long, T> use)
    {
        if (!File.Exists(path))
            throw new UserErrorException(ExitCode.Failed, $"{path}: no such file.");
        using FileStream file = File.OpenRead(path);
        try
        {
            byte[] size = new byte[8];
            file.ReadExactly(size);
            long length = BinaryPrimitives.ReadInt64LittleEndian(size);
            if (length is < 2 or > MostHeaderBytes)
                throw new JsonException($"header of {length} bytes");
            byte[] json = new byte[length];
            file.ReadExactly(json);
            using JsonDocument header = JsonDocument.Parse(json);
            return use(file, header.RootElement, file.Position);
        }
        catch (Exception broken) when (broken is EndOfStreamException or JsonException or KeyNotFoundException)
        {
            throw new UserErrorException(ExitCode.Failed, $"{path}: not a weights file of this net, or broken off ({broken.Message}).", broken);
        }
    }
}
