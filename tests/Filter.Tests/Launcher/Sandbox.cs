using System.Diagnostics;

namespace Realtime.Filter.Tests.Launcher;

/// <summary>
/// A copy of the launcher in a small clone of its own, on a machine that is not there: PATH holds only basic tools and stand-ins
/// for dotnet, id, sudo and apt-get that write down how they were called. Nothing outside the folder is touched.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private static readonly string[] Tools =
    [
        "awk", "bash", "cat", "chmod", "cp", "cut", "dirname", "env", "find", "flock", "grep", "head", "mkdir", "mktemp", "mv", "paste",
        "readlink", "rm", "sed", "sort", "tail", "timeout", "touch", "true", "uname",
    ];

    private readonly string root = Path.Combine(Path.GetTempPath(), "realtime launcher " + Guid.NewGuid().ToString("N"));

    public Sandbox()
    {
        foreach (string folder in new[] { Clone, Bin, Home, Elsewhere, Path.Combine(root, "dotnet", "sdk", "10.0.100") })
            Directory.CreateDirectory(folder);
        foreach (string tool in Tools)
            File.CreateSymbolicLink(Path.Combine(Bin, tool), Which(tool));

        foreach (string file in new[] { "realtime", "global.json", ".editorconfig", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            Copy(file);
        foreach (string part in Directory.EnumerateFiles(Path.Combine(Repository.Root, "launcher")))
            Copy(Path.Combine("launcher", Path.GetFileName(part)));
        foreach (string project in new[] { "src/Filter/Filter.csproj", "src/Trainer/Trainer.csproj", "compat/Microsoft.ML.OnnxRuntime/Microsoft.ML.OnnxRuntime.csproj" })
            Copy(project);
        Write("src/Filter/Program.cs", "return 0;");
        Write("libstdc++.so.6", "GLIBCXX_3.4.30 GLIBCXX_3.4.32");
        Write("compat/Microsoft.ML.OnnxRuntime/fetch.sh", "echo \"fetch $1${2:+ $2}\" >>\"$CALLS\"; mkdir -p \"$1\"; touch \"$1/complete${2:+-$2}\"");
        Write("compat/TorchSharp/native/build.sh", "echo \"bridge $1\" >>\"$CALLS\"; mkdir -p \"$1\"; touch \"$1/librealtime_torch.so\"");

        Script("../dotnet/dotnet", """
            echo "dotnet $*" >>"$CALLS"
            case $1 in
                restore) echo "$FEED_SAYS"; exit "$FEED_CODE" ;;
                build)
                    case $2 in *.sln) out=${2%/*}/tests/Filter.Tests name=Filter.Tests ;; *) out=${2%/*} name=${out##*/} ;; esac
                    mkdir -p "$out/bin/Release/net10.0" "$out/obj" && touch "$out/bin/Release/net10.0/Realtime.$name.dll" ;;
                test) for a in "$@"; do if [ "$last" = --results-directory ]; then eval "$TEST_WRITES"; fi; last=$a; done; exit "$TEST_CODE" ;;
                exec) shift 2; printf '<%s>' "$@"; printf ' in %s\n' "$PWD"; exit "$PROGRAM_CODE" ;;
            esac
            """);
        Script("id", "echo \"$USER_ID\"");
        Script("sudo", "exit 1");
        Script("apt-cache", "exit 0");
        Script("apt-get", "echo \"apt-get $*\" >>\"$CALLS\"; if [ \"$APT_CODE\" = 0 ]; then for p in \"$@\"; do last=$p; done; for p in $APT_GIVES; do touch \"$BIN/$p\"; chmod +x \"$BIN/$p\"; done; fi; exit \"$APT_CODE\"");
        foreach (string present in new[] { "ffmpeg", "ffprobe", "npm", "cmake", "g++", "make", "glslc", "spirv-val", "Xvfb" })
            Script(present, "exit 0");
        Script("ldconfig", "printf '\tlibstdc++.so.6 (libc6,x86-64) => %s\n' \"$LIBSTDCXX\"");
        Write("../torch/include/torch/script.h", "");
        Write("../blas/lib/any-linux-gnu/libopenblas.so.0", "");
        foreach (string part in new[] { "lib/any-linux-gnu/libvulkan.so.1", "lib/any-linux-gnu/libglfw.so.3", "share/vulkan/icd.d/some_icd.json", "share/vulkan/registry/vk.xml", "share/vulkan/explicit_layer.d/VkLayer_khronos_validation.json" })
            Write("../vulkan/" + part, "");
    }

    public string Clone => Path.Combine(root, "a clone");

    public string Home => Path.Combine(root, "home");

    public string Elsewhere => Path.Combine(root, "some where");

    /// <summary>What the stand-ins read: FEED_SAYS, FEED_CODE, PROGRAM_CODE, USER_ID, APT_CODE, APT_GIVES, TEST_WRITES, TEST_CODE; LIBSTDCXX is a file of the clone.</summary>
    public Dictionary<string, string> Variables { get; } = new()
    {
        ["FEED_SAYS"] = "error NU1101: Unable to find package TorchSharp. No packages exist with this id",
        ["FEED_CODE"] = "1",
        ["PROGRAM_CODE"] = "0",
        ["USER_ID"] = "1000",
        ["APT_CODE"] = "0",
        ["APT_GIVES"] = "",
        ["TEST_WRITES"] = "",
        ["TEST_CODE"] = "0",
        ["LIBSTDCXX"] = "libstdc++.so.6",
    };

    public string Props => File.ReadAllText(Path.Combine(Clone, "Packages.user.props"));

    private string Bin => Path.Combine(root, "bin");

    private string CallsFile => Path.Combine(root, "calls");

    /// <summary>Every call of dotnet, apt-get, fetch.sh and build.sh since the last reading, first words first.</summary>
    public string[] TakeCalls()
    {
        string[] calls = File.Exists(CallsFile) ? File.ReadAllLines(CallsFile) : [];
        File.Delete(CallsFile);
        return calls;
    }

    public void Remove(string tool) => File.Delete(Path.Combine(Bin, tool));

    public void RemoveVulkan() => Directory.Delete(Path.Combine(root, "vulkan"), recursive: true);

    public void RemoveBlas() => Directory.Delete(Path.Combine(root, "blas"), recursive: true);

    /// <summary>Writes a file of the clone.</summary>
    public void Write(string relative, string text)
    {
        string path = Path.Combine(Clone, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Puts a program on the sandbox's PATH.</summary>
    public void Script(string name, string body)
    {
        string path = Path.Combine(Bin, name);
        File.WriteAllText(path, "#!/usr/bin/env bash\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public LauncherResult Run(params string[] arguments) => RunAs(Path.Combine(Clone, "realtime"), arguments);

    /// <summary>Starts the launcher by the given path from another working folder.</summary>
    public LauncherResult RunAs(string path, params string[] arguments)
    {
        ProcessStartInfo start = new(Which("bash"))
        {
            WorkingDirectory = Elsewhere,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(path);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        start.Environment["PATH"] = $"{Bin}:{Path.Combine(root, "dotnet")}";
        start.Environment["HOME"] = Home;
        start.Environment["BIN"] = Bin;
        start.Environment["CALLS"] = CallsFile;
        start.Environment["BLAS_PREFIX"] = Path.Combine(root, "blas");
        start.Environment["TORCH_PREFIX"] = Path.Combine(root, "torch");
        start.Environment["VULKAN_PREFIX"] = Path.Combine(root, "vulkan");
        foreach ((string name, string value) in Variables)
            start.Environment[name] = value;
        start.Environment["LIBSTDCXX"] = Path.Combine(Clone, Variables["LIBSTDCXX"]);

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new LauncherResult(process.ExitCode, output, errors.Result);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static string Which(string tool) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, tool)).First(File.Exists);

    private void Copy(string relative)
    {
        string target = Path.Combine(Clone, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(Path.Combine(Repository.Root, relative), target);
    }
}
