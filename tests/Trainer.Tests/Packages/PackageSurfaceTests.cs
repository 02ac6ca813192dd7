using System.Reflection;

namespace Realtime.Trainer.Tests.Packages;

/// <summary>
/// What src/ uses of each package is written down in tests/packages, so that a change is a decision: whoever uses one more member sees
/// here that compat/ and the real package must both have it. After such a decision:
/// REALTIME_WRITE_SURFACE=1 ./realtime test --filter PackageSurface
/// </summary>
public class PackageSurfaceTests
{
    private const string WriteVariable = "REALTIME_WRITE_SURFACE";

    private static readonly string? Mode = typeof(PackageSurfaceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PackageMode").Value;

    [SkippableTheory]
    [InlineData("FFMpegCore")]
    [InlineData("Microsoft.ML.OnnxRuntime")]
    [InlineData("Silk.NET.Core")]
    [InlineData("Silk.NET.Vulkan")]
    [InlineData("Silk.NET.Vulkan.Extensions.EXT")]
    [InlineData("Silk.NET.Vulkan.Extensions.KHR")]
    [InlineData("Silk.NET.Maths")]
    [InlineData("Silk.NET.Windowing")]
    [InlineData("Silk.NET.Input")]
    [InlineData("SixLabors.ImageSharp")]
    [InlineData("TorchSharp")]
    public void The_members_used_of_a_package_are_the_ones_written_down(string package)
    {
        Skip.If(Mode == "nuget", "the lists are of what compat/ has; a package itself has more overloads for the compiler to choose from, and the build has just shown that it has all that is used");
        string[] used = [.. new[] { "Realtime.Filter.dll", "Realtime.Trainer.dll", "Realtime.Viewer.dll" }
            .SelectMany(name => PackageSurface.Read(Path.Combine(AppContext.BaseDirectory, name), package))
            .Distinct().Order(StringComparer.Ordinal)];
        string file = Path.Combine(Root(), "tests", "packages", package + ".txt");
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllLines(file, used);
        }

        string[] written = File.Exists(file) ? File.ReadAllLines(file) : [];
        string[] differences = [.. used.Except(written).Select(line => "+ " + line), .. written.Except(used).Select(line => "- " + line)];
        Assert.True(
            differences.Length == 0,
            $"{package}: src/ uses other members than tests/packages/{package}.txt says (+ new, - gone). Check that the real package has them "
            + $"with this signature, then: {WriteVariable}=1 ./realtime test --filter PackageSurface\n{string.Join('\n', differences)}");
    }

    [Fact]
    public void Reading_a_surface_finds_calls_of_generic_and_nested_types()
    {
        string path = typeof(PackageSurfaceTests).Assembly.Location;

        string[] lines = [.. PackageSurface.Read(path, "System.Runtime"), .. PackageSurface.Read(path, "System.Collections")];

        Assert.Contains("static System.String.Join(Char, String[]) : String", lines);
        Assert.Contains(lines, line => line.StartsWith("System.Collections.Generic.SortedSet`1.Add(!0)", StringComparison.Ordinal));
    }

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Realtime.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No Realtime.sln above {AppContext.BaseDirectory}.");
    }
}
