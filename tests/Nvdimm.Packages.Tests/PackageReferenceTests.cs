using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Nvdimm.Packages.Tests;

/// <summary>Every package whose types a project uses is named in the project and in Directory.Packages.props, not only brought in by others.</summary>
public sealed class PackageReferenceTests
{
    private static readonly string Sources = Path.Combine(TestFiles.RepositoryRoot, "src");

    private static readonly string Configuration = typeof(PackageReferenceTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Configuration").Value!;

    private static readonly string[] WebProjects = ["Nvdimm.Page", "Nvdimm.EngineService", "Nvdimm.DevEngine"];

    private static readonly string[] Projects =
        [.. Packages.Libraries.Select(library => library.GetName().Name!), "Nvdimm.Cli", .. WebProjects];

    [TestCaseSource(nameof(Projects))]
    public void UsedPackages_AreNamed(string project)
    {
        var named = Items(Path.Combine(Sources, project, $"{project}.csproj"), "PackageReference").ToArray();
        var used = Used(project).ToArray();
        Assert.That(used.Except(named, StringComparer.Ordinal), Is.Empty, "used and not named");
        Assert.That(used.Except(Items(Path.Combine(TestFiles.RepositoryRoot, "Directory.Packages.props"), "PackageVersion"), StringComparer.Ordinal), Is.Empty);
    }

    [Test]
    public void UsedPackages_AreFound() => Assert.That(Used("Nvdimm.Extensions.DependencyInjection"), Does.Contain("Microsoft.Extensions.Options").And.Contain("Microsoft.Extensions.Http"));

    /// <summary>The assemblies whose types the compiled project names, without ours and those of the runtime: each has the name of its package.</summary>
    private static IEnumerable<string> Used(string project)
    {
        using var file = File.OpenRead(AssemblyOf(project));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        var runtime = WebProjects.Contains(project, StringComparer.Ordinal) ? SharedFrameworks() : [Path.GetDirectoryName(typeof(object).Assembly.Location)!];
        return metadata.AssemblyReferences
            .Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name))
            .Where(name => !name.StartsWith("Nvdimm.", StringComparison.Ordinal) && !runtime.Any(folder => File.Exists(Path.Combine(folder, $"{name}.dll"))))
            .ToArray();
    }

    /// <summary>The compiled project: in its own folder, or beside this one in a folder for the outputs of all projects (<c>--artifacts-path</c>).</summary>
    private static string AssemblyOf(string project)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "..", "..", project, Configuration.ToLowerInvariant(), $"{project}.dll");
        return File.Exists(beside) ? beside : Path.Combine(Sources, project, "bin", Configuration, "net10.0", $"{project}.dll");
    }

    /// <summary>The folders of all shared frameworks beside this runtime: a web project has that of ASP.NET Core.</summary>
    private static string[] SharedFrameworks() =>
        [.. Directory.EnumerateDirectories(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", ".."))).SelectMany(Directory.EnumerateDirectories)];

    private static IEnumerable<string> Items(string file, string kind) =>
        XDocument.Load(file).Descendants(kind).Select(item => item.Attribute("Include")!.Value);
}
