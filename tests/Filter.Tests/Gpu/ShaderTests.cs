using System.Diagnostics;
using System.Security.Cryptography;
using Realtime.Filter.Gpu.Shaders;
using Realtime.Filter.Tests.Launcher;

namespace Realtime.Filter.Tests.Gpu;

/// <summary>The compiled shaders in the repository are those of the sources beside them, for those who have no compiler.</summary>
public sealed class ShaderTests : IDisposable
{
    private const string MatrixShader = "gemm_coopmat";     // needs a younger compiler than the others

    private static readonly string Shaders = Path.Combine(Repository.Root, "shaders");
    private static readonly string Committed = Path.Combine(Shaders, "spirv");

    private readonly string folder = Directory.CreateTempSubdirectory("realtime-spirv-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SkippableFact]
    public void The_committed_shaders_are_what_the_compiler_makes_of_their_sources()
    {
        Skip.IfNot(File.Exists("/usr/bin/glslc"), "glslc is not installed");
        Run("bash", Path.Combine(Shaders, "compile.sh"), folder);
        bool sameCompiler = File.ReadAllText(Path.Combine(folder, "VERSION")) == File.ReadAllText(Path.Combine(Committed, "VERSION"));

        Assert.Equal(Names(folder), Names(Committed));
        foreach (string name in Names(Committed).Where(name => name != MatrixShader + ".fp16.spv"))
        {
            string file = Path.Combine(Committed, name);
            Run("spirv-val", "--target-env", "vulkan1.2", file);
            Assert.True(
                !sameCompiler || File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder, name))),
                $"{name} is not of the source beside it: run shaders/compile.sh and commit shaders/spirv");
        }
    }

    [Fact]
    public void The_committed_matrix_shader_is_of_the_sources_beside_it()
    {
        string[] sources =
        [
            Path.Combine(Shaders, "purifier", MatrixShader + ".comp"),
            .. Included(Shaders),
            .. Directory.GetDirectories(Shaders).Order(StringComparer.Ordinal).SelectMany(Included),
        ];
        byte[] all = [.. sources.SelectMany(File.ReadAllBytes)];
        string noted = File.ReadLines(Path.Combine(Committed, MatrixShader + ".from")).First();

        Assert.True(
            Convert.ToHexStringLower(SHA256.HashData(all)) == noted,
            $"{MatrixShader}.fp16.spv is not of the sources beside it: run shaders/compile.sh with a glslc that knows GL_KHR_cooperative_matrix and commit shaders/spirv/{MatrixShader}.*");
    }

    [SkippableFact]
    public void The_committed_matrix_shader_is_what_its_compiler_makes_of_the_sources()
    {
        Skip.IfNot(File.Exists("/usr/bin/glslc"), "glslc is not installed");
        Run("bash", Path.Combine(Shaders, "compile.sh"), folder);
        string made = Path.Combine(folder, MatrixShader);
        Skip.IfNot(File.Exists(made + ".from"), "this glslc does not know GL_KHR_cooperative_matrix");
        Run("spirv-val", "--target-env", "vulkan1.2", made + ".fp16.spv");
        string committed = Path.Combine(Committed, MatrixShader);
        Skip.IfNot(File.ReadAllText(made + ".from") == File.ReadAllText(committed + ".from"), "this glslc is not the one that made the committed file");
        Assert.Equal(File.ReadAllBytes(committed + ".fp16.spv"), File.ReadAllBytes(made + ".fp16.spv"));
    }

    [Fact]
    public void Every_committed_shader_is_part_of_the_program()
    {
        Assert.Equal(Names(Committed).Select(name => Path.GetFileNameWithoutExtension(name)), ShaderLibrary.Names);
        foreach (string name in ShaderLibrary.Names)
        {
            byte[] code = ShaderLibrary.Load(name);
            Assert.Equal(0x07230203u, BitConverter.ToUInt32(code));
            Assert.Equal(0, code.Length % 4);
        }

        Assert.Throws<ArgumentException>(() => ShaderLibrary.Load("absent"));
    }

    private static IEnumerable<string> Included(string folder) => Directory.GetFiles(folder, "*.glsl").Order(StringComparer.Ordinal);

    private static string[] Names(string folder) => [.. Directory.GetFiles(folder, "*.spv").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
    }
}
