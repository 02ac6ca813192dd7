using Realtime.VulkanGenerator;

if (args.Length is < 1 or > 2)
{
    Console.Error.WriteLine("usage: dotnet run --project compat/Silk.NET.Vulkan/Generator -- VK.XML [COMPAT-FOLDER]");
    return 2;
}
string compat = args.Length == 2 ? args[1] : "compat";
foreach (GeneratedFile file in Generation.Run(args[0], Path.Combine(compat, "Silk.NET.Vulkan")))
{
    string path = Path.Combine(compat, file.Path);
    if (File.Exists(path) && File.ReadAllText(path) == file.Text) { continue; }
    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    File.WriteAllText(path, file.Text);
    Console.WriteLine($"wrote {path}");
}
return 0;
