using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Nvdimm.Extensions.Tests;

/// <summary>The house's rules that a compiler does not check.</summary>
public sealed partial class DesignRuleTests
{
    private const int LongestFile = 400;
    private const int LongFile = 200;
    private const int MedianFile = 80;

    /// <summary>The rooms from the bottom up; an arrow only goes down, none within a row.</summary>
    private static readonly string[][] Rows =
    [
        ["Nvdimm.Extensions"],
        ["Nvdimm.Extensions.Ndctl", "Nvdimm.Extensions.Host", "Nvdimm.Extensions.Engine"],
        ["Nvdimm.Extensions.DependencyInjection", "Nvdimm.Extensions.Testing"],
        ["Nvdimm.Page"],
        ["Nvdimm.Cli", "Nvdimm.Hook", "Nvdimm.DevEngine", "Nvdimm.EngineService", "Nvdimm.Samples"],
    ];

    private static readonly Assembly Core = typeof(NvdimmCodes).Assembly;

    private static IEnumerable<string> SourceFolders => Directory.EnumerateDirectories(Path.Combine(TestFiles.RepositoryRoot, "src"));

    private static IEnumerable<string> SourceFiles => SourceFolders
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    [Test]
    public void Core_ReferencesOnlyTheRuntime()
    {
        Assert.That(Core.GetReferencedAssemblies().Select(assembly => assembly.Name), Has.All.StartsWith("System."));
        Assert.That(References("Nvdimm.Extensions", "PackageReference"), Is.Empty);
    }

    [Test]
    public void Core_HasNoPublicSetter()
    {
        var setters = from type in Core.GetExportedTypes()
                      from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
                      let setter = property.GetSetMethod()
                      where setter is not null && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))
                      select $"{type.Name}.{property.Name}";
        Assert.That(setters, Is.Empty);
    }

    [Test]
    public void Core_HasNoPublicField()
    {
        var fields = from type in Core.GetExportedTypes()
                     where !type.IsEnum
                     from field in type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
                     where !field.IsLiteral
                     select $"{type.Name}.{field.Name}";
        Assert.That(fields, Is.Empty);
    }

    [Test]
    public void Namespaces_EqualFolders()
    {
        var wrong = from file in SourceFiles
                    let expected = Path.GetRelativePath(Path.Combine(TestFiles.RepositoryRoot, "src"), Path.GetDirectoryName(file)!).Replace('/', '.')
                    let line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))
                    where line is not null && line != $"namespace {expected};" && !IsForAllNamespaces(file, line)
                    select file;
        Assert.That(wrong, Is.Empty);
    }

    /// <summary>
    /// The one file whose namespace is above all: what it has stands in place of LINQ's, everywhere below. And what an app calls on its services
    /// or health checks, which is where it is looked for.
    /// </summary>
    private static bool IsForAllNamespaces(string file, string line) =>
        (Path.GetFileName(file) == "AheadOfTimeSelect.cs" && line == "namespace Nvdimm;")
        || (Path.GetFileName(file) is "NvdimmServiceCollectionExtensions.cs" or "NvdimmHealthChecksBuilderExtensions.cs" && line == "namespace Microsoft.Extensions.DependencyInjection;");

    [Test]
    public void Arrows_GoDownOnly()
    {
        var row = Rows.SelectMany((names, index) => names.Select(name => (name, index))).ToDictionary(pair => pair.name, pair => pair.index);
        var wrong = from folder in SourceFolders
                    let project = Path.GetFileName(folder)
                    from reference in References(project, "ProjectReference")
                    let target = Path.GetFileNameWithoutExtension(reference)
                    where row[project] <= row[target]
                    select $"{project} -> {target}";
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Files_AreShort()
    {
        var lengths = SourceFiles.Select(file => (File: file, Lines: File.ReadLines(file).Count())).OrderBy(file => file.Lines).ToList();
        Assert.That(lengths, Has.Count.GreaterThan(50));
        Assert.That(lengths[^1].Lines, Is.LessThanOrEqualTo(LongestFile), lengths[^1].File);
        Assert.That(lengths[lengths.Count / 2].Lines, Is.LessThanOrEqualTo(MedianFile));
        Assert.That(lengths[lengths.Count * 9 / 10].Lines, Is.LessThan(LongFile));
    }

    /// <summary>No line of a source file is longer than .editorconfig says.</summary>
    [Test]
    public void Lines_AreShort()
    {
        var longest = LongestLine();
        var wrong = from file in SourceFiles
                    from line in File.ReadLines(file).Index()
                    where line.Item.Length > longest
                    select $"{Path.GetFileName(file)}, line {line.Index + 1}: {line.Item.Length} characters";
        Assert.That(SourceFiles, Is.Not.Empty);
        Assert.That(wrong, Is.Empty);
    }

    /// <summary>The limit that editors show, so that it is stated once.</summary>
    private static int LongestLine()
    {
        const string Key = "max_line_length = ";
        var line = File.ReadLines(Path.Combine(TestFiles.RepositoryRoot, ".editorconfig"))
            .Single(line => line.StartsWith(Key, StringComparison.Ordinal));
        return int.Parse(line[Key.Length..], CultureInfo.InvariantCulture);
    }

    [Test]
    public void PublicMembers_AreDocumented()
    {
        var documented = XDocument.Load(Path.ChangeExtension(Core.Location, ".xml")).Descendants("member")
            .Where(member => member.Elements().Any())
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet(StringComparer.Ordinal);
        var undocumented = from type in Core.GetExportedTypes()
                           let name = type.FullName!.Replace('+', '.')
                           where !documented.Contains($"T:{name}")
                           select name;
        Assert.That(undocumented, Is.Empty);
        var methods = from type in Core.GetExportedTypes()
                      from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                      where !method.IsSpecialName && method.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null
                      let name = $"M:{type.FullName}.{method.Name}"
                      where !documented.Any(member => member.StartsWith(name, StringComparison.Ordinal))
                      select name;
        Assert.That(methods, Is.Empty);
    }

    /// <summary>EnumArgument does not ask .NET for the values of an enum: they count from 0, and each call names the last one.</summary>
    [Test]
    public void CheckedEnums_CountFromZeroToTheNamedValue()
    {
        var sources = SourceFiles.Select(file => OfAComment().Replace(File.ReadAllText(file), "")).ToList();
        var enums = sources.SelectMany(source => OfAnEnum().Matches(source)).ToLookup(found => found.Groups["name"].Value, found => found.Groups["body"].Value);
        var checks = sources.SelectMany(source => OfAnEnumCheck().Matches(source)).ToList();
        Assert.That(checks, Is.Not.Empty.And.Count.EqualTo(sources.Sum(source => source.Split("EnumArgument.Checked(").Length - 1)), "each call names the last value");
        var wrong = from check in checks
                    let name = check.Groups["enum"].Value
                    let body = enums[name].Single()
                    where body.Contains('=') || body.TrimEnd(' ', '\r', '\n', ',').Split(',')[^1].Trim() != check.Groups["last"].Value
                    select check.Value;
        Assert.That(wrong, Is.Empty);
    }

    [GeneratedRegex(@"\benum (?<name>\w+)\s*\{(?<body>[^}]*)\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex OfAnEnum();

    [GeneratedRegex(@"last: (?<enum>\w+)\.(?<last>\w+)[,)]", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex OfAnEnumCheck();

    [GeneratedRegex(@"//.*", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex OfAComment();

    /// <summary>
    /// What depends on an architecture or a version is in one table: no other file asks whether a guest is POWER, names QEMU or a machine, or has
    /// one of the figures. Whoever needs one takes it from the row.
    /// </summary>
    [Test]
    public void ArchitecturesAndVersions_AreRowsOfOneTable()
    {
        string[] table =
        [
            "GuestArchitecture.cs", "GuestFamily.cs", "X86Family.cs", "PowerFamily.cs", "ArmFamily.cs", "HypervisorProfile.cs", "LibvirtProfile.cs", "QemuProfile.cs",
        ];
        var wrong = from file in SourceFiles
                    where !table.Contains(Path.GetFileName(file), StringComparer.Ordinal)
                    from line in File.ReadLines(file)
                    let code = line.Split("//")[0]
                    where OfARow().IsMatch(code)
                    select $"{Path.GetFileName(file)}: {line.Trim()}";
        Assert.That(wrong, Is.Empty);
        Assert.That(table.Select(name => SourceFiles.Count(file => Path.GetFileName(file) == name)), Has.All.EqualTo(1));
    }

    [GeneratedRegex(
        @"(?i:\bispower\b)|""(qemu-system-\w+|pseries|q35|virt)""|\b(ModuleBlock|PowerBlock|LibvirtBlock|PseriesBlock|MinimumLabel\w*)\s*=\s*(\d|Alignment\.From|ByteSize\.From)"
            + @"|0x(FD00000000|B0000000|E0000000)",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfARow();

    /// <summary>A method returns its findings: none adds them to a list of its caller. A list that a method fills itself is fine.</summary>
    [Test]
    public void Findings_AreReturned()
    {
        var wrong = from file in SourceFiles
                    from parameter in OfAListOfFindings().Matches(OfAComment().Replace(File.ReadAllText(file), ""))
                    select $"{Path.GetFileName(file)}: {parameter.Value.Trim()}";
        Assert.That(OfAListOfFindings().Matches("(int a, List<Finding> b)\n(\nList<Finding>? c,\nref IList<Finding> d = null,\nICollection<Finding> e)"), Has.Count.EqualTo(4));
        Assert.That(OfAListOfFindings().Matches("var a = new List<Finding>(); List<Finding> b = []; ValueList<Finding> c)"), Is.Empty);
        Assert.That(wrong, Is.Empty);
    }

    /// <summary>A parameter that takes findings: a type of list, a name, and what ends a parameter.</summary>
    [GeneratedRegex(@"\b(List|IList|ICollection)<Finding>\??\s+\w+\s*(=\s*\w+\s*)?[,)]", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex OfAListOfFindings();

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Path.Combine(TestFiles.RepositoryRoot, "src", project, $"{project}.csproj"))
            .Descendants(kind)
            .Select(reference => reference.Attribute("Include")!.Value);
}
