// Looks into packages: dotnet run package-check.cs FOLDER FORBIDDEN-PATH [REPOSITORY-URL]
// Each has readme, icon and release notes; no file names a folder of the machine that built it; with a URL, the package names it and its symbols lead to it.
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Xml.Linq;

// The kind of debug information that holds the map of SourceLink (Portable PDB specification).
var sourceLink = new Guid("CC110556-A091-4D38-9FEC-25AB9A351A6A");
var (folder, forbidden, url) = (args[0], args[1], args.Length > 2 ? args[2] : "");
var faults = new List<string>();
var symbols = 0;
foreach (var path in Directory.EnumerateFiles(folder).Where(path => path.EndsWith("nupkg", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
{
    using var package = ZipFile.OpenRead(path);
    foreach (var entry in package.Entries)
    {
        using var content = new MemoryStream();
        using (var stream = entry.Open())
        {
            stream.CopyTo(content);
        }

        Check($"{Path.GetFileName(path)}: {entry.FullName}", entry.FullName, content.ToArray(), isSymbols: path.EndsWith(".snupkg", StringComparison.Ordinal));
    }
}

if (symbols == 0)
{
    faults.Add($"{folder}: no package has symbols");
}

faults.ForEach(Console.Error.WriteLine);
return faults.Count == 0 ? 0 : 1;

void Check(string place, string name, byte[] content, bool isSymbols)
{
    if (Contains(content, Encoding.UTF8) || Contains(content, Encoding.Unicode))
    {
        faults.Add($"{place}: names {forbidden}");
    }

    if (name.EndsWith(".nuspec", StringComparison.Ordinal) && !isSymbols)
    {
        CheckDescription(place, XDocument.Parse(Encoding.UTF8.GetString(content).TrimStart('\uFEFF')).Root!.Elements().Single());
    }
    else if (Path.GetFileName(name) is var file && file.EndsWith(".pdb", StringComparison.Ordinal) && (file.StartsWith("Nvdimm.", StringComparison.Ordinal)))
    {
        symbols++;
        CheckSymbols(place, content);
    }
}

bool Contains(byte[] content, Encoding encoding) => content.AsSpan().IndexOf(encoding.GetBytes(forbidden)) >= 0;

void CheckDescription(string place, XElement metadata)
{
    string? Value(string element) => metadata.Elements().FirstOrDefault(found => found.Name.LocalName == element)?.Value;
    foreach (var element in (string[])["readme", "icon", "license", "releaseNotes", "tags", "description"])
    {
        if (string.IsNullOrWhiteSpace(Value(element)))
        {
            faults.Add($"{place}: no {element}");
        }
    }

    if (url.Length > 0 && (Value("projectUrl") != url || metadata.Elements().FirstOrDefault(found => found.Name.LocalName == "repository")?.Attribute("url")?.Value != url))
    {
        faults.Add($"{place}: projectUrl and repository are not {url}");
    }
}

void CheckSymbols(string place, byte[] content)
{
    using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(content));
    var reader = provider.GetMetadataReader();
    foreach (var document in reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name)).Where(document => !document.StartsWith("/_", StringComparison.Ordinal)))
    {
        faults.Add($"{place}: the source {document} is a path of the machine that built it");
    }

    var links = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation).Any(information => reader.GetGuid(information.Kind) == sourceLink);
    if (url.Length > 0 && !links)
    {
        faults.Add($"{place}: no SourceLink; SourceLink knows no such host as that of {url}");
    }
}
