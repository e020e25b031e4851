using System.Text;
using System.Xml.Linq;

namespace Nvdimm.Packages.Tests;

/// <summary>What the readmes and the documentation of the code show is copied into empty projects, compiled, and run on every captured host.</summary>
public sealed class ReadmeProgramTests
{
    private static readonly string[] WithProgram =
    [
        "Nvdimm.Extensions", "Nvdimm.Extensions.DependencyInjection", "Nvdimm.Extensions.Engine", "Nvdimm.Extensions.Host", "Nvdimm.Extensions.Ndctl",
    ];

    private TemporaryFolder folder = null!;

    private static IEnumerable<string> Captures => Directory.EnumerateFiles(TestFiles.PathOf("ndctl"), "list-N-v.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static IEnumerable<TestCaseData> Runs =>
        from index in Enumerable.Range(0, ReadmeProgram.All.Length)
        from capture in ReadmeProgram.All[index].Arguments.Contains('{', StringComparison.Ordinal) ? Captures : Captures.Take(1)
        select new TestCaseData(index, capture).SetArgDisplayNames(ReadmeProgram.All[index].Name, Path.GetFileName(Path.GetDirectoryName(capture))!);

    [OneTimeSetUp]
    public void CompileAll()
    {
        folder = new TemporaryFolder();
        for (var index = 0; index < ReadmeProgram.All.Length; index++)
        {
            folder.Write($"{ProjectOf(index)}/Program.cs", ReadmeProgram.All[index].Code);
            folder.Write($"{ProjectOf(index)}/{ProjectOf(index)}.csproj", Project("Exe"));
        }

        folder.Write("Examples/Examples.cs", Examples());
        folder.Write("Examples/Examples.csproj", Project("Library"));
        var all = folder.Write("all.proj", """
            <Project>
              <ItemGroup><Program Include="*/*.csproj" /></ItemGroup>
              <Target Name="Build">
                <MSBuild Projects="@(Program)" Targets="Restore" Properties="For=Restore" />
                <MSBuild Projects="@(Program)" Targets="Build" BuildInParallel="true" />
              </Target>
            </Project>
            """);
        var built = RealProgram.Run(TimeSpan.FromMinutes(10), "dotnet", "msbuild", all, "-nologo", "-m:2", "-v:q");
        Assert.That(built.ExitCode, Is.Zero, built.Output + built.Error);
    }

    [OneTimeTearDown]
    public void CleanUp() => folder.Dispose();

    [Test]
    public void Readmes_HaveTheirPrograms() => Assert.That(ReadmeProgram.All.Select(program => program.Name), Is.SupersetOf(WithProgram));

    [TestCaseSource(nameof(Runs))]
    public void Program_Runs_AndAnswers(int program, string capture)
    {
        using var inventory = new TemporaryFolder();
        inventory.Write("host1.json", File.ReadAllText(capture));
        var arguments = ReadmeProgram.All[program].Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(argument => argument.Replace("{listing}", capture, StringComparison.Ordinal).Replace("{folder}", inventory.Path, StringComparison.Ordinal));
        var run = RealProgram.Run("dotnet", [folder.PathOf(ProjectOf(program), "bin", "Debug", "net10.0", $"{ProjectOf(program)}.dll"), .. arguments]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Is.Not.Empty, run.Error);
        Assert.That(run.Error, Does.Not.Contain("Unhandled exception"));
    }

    private static string ProjectOf(int program) => $"Program{program}";

    /// <summary>A project with nothing of the repository in it but the assemblies of the packages.</summary>
    private static string Project(string outputType) => new XElement(
        "Project",
        new XAttribute("Sdk", "Microsoft.NET.Sdk"),
        new XElement(
            "PropertyGroup",
            new XElement("OutputType", outputType),
            new XElement("TargetFramework", "net10.0"),
            new XElement("ImplicitUsings", "enable"),
            new XElement("Nullable", "enable"),
            new XElement("TreatWarningsAsErrors", "true"),
            new XElement("GenerateDocumentationFile", "false")),
        new XElement("ItemGroup", Assemblies().Select(path => new XElement("Reference", new XAttribute("Include", path))))).ToString();

    /// <summary>The libraries, and what they and the generic host bring in.</summary>
    private static IEnumerable<string> Assemblies() => Directory.EnumerateFiles(TestContext.CurrentContext.TestDirectory, "*.dll").Where(path => Path.GetFileName(path) is var name
        && !name.Contains(".Tests", StringComparison.Ordinal)
        && (name.StartsWith("Nvdimm.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
            || name is "Newtonsoft.Json.dll" or "Polly.Core.dll" or "System.Diagnostics.EventLog.dll"));

    /// <summary>The examples in the documentation of the code, each a method.</summary>
    private static string Examples()
    {
        var code = new StringBuilder();
        foreach (var name in Packages.Libraries.SelectMany(library => library.GetExportedTypes()).Select(type => type.Namespace).Distinct().Append("Microsoft.Extensions.DependencyInjection").Distinct())
        {
            code.AppendLine($"using {name};");
        }

        code.AppendLine("public static class Examples\n{");
        var examples = Packages.Libraries
            .SelectMany(library => XDocument.Load(Path.ChangeExtension(library.Location, ".xml")).Descendants("example").Descendants("code"))
            .Select(example => example.Value)
            .ToArray();
        Assert.That(examples, Has.Length.GreaterThanOrEqualTo(8), "the main entries have examples");
        for (var index = 0; index < examples.Length; index++)
        {
            code.AppendLine($"    public static async Task Example{index}Async()\n    {{{examples[index]}\n        await Task.CompletedTask;\n    }}");
        }

        return code.AppendLine("}").ToString();
    }
}
