using System.Text.RegularExpressions;

namespace Nvdimm.Extensions.Tests;

/// <summary>
/// The rooms (folders) of <c>src</c> and the arrows between them are those that <c>src/ARCHITECTURE.md</c> draws. The tables there are the only place that
/// knows them: this reads them, and the usings of every file.
/// </summary>
public sealed partial class ArchitectureTests
{
    private const string Root = "Extensions";

    private static readonly string[] Programs = ["Cli", "DevEngine", "EngineService", "Hook"];

    private static readonly string Source = Path.Combine(TestFiles.RepositoryRoot, "src");

    private static readonly string Document = File.ReadAllText(Path.Combine(Source, "ARCHITECTURE.md"));

    private static readonly SourceFile[] Files =
    [
        .. Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Source, path))
            .Where(path => !path.Split('/').Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, RoomOf(Path.GetDirectoryName(path)!), File.ReadAllLines(Path.Combine(Source, path)))),
    ];

    private static readonly HashSet<string> Rooms = [.. Files.Select(file => file.Room)];

    /// <summary>The rows of the tables of arrows: a room, and what it uses beside the values of the core's root.</summary>
    private static readonly Dictionary<string, string[]> Drawn = RowsBelow("## Rooms and arrows")
        .ToDictionary(row => row[0].Single(), row => row[1].ToArray(), StringComparer.Ordinal);

    /// <summary>The arrows that close a circle and stay, each with its reason.</summary>
    private static readonly HashSet<(string From, string To)> Staying =
        [.. RowsBelow("### Circles that stay").Select(row => (row[0].Single(), row[1].Single()))];

    [Test]
    public void Rooms_AreThoseOfTheDocument()
    {
        Assert.That(Rooms.Except(Drawn.Keys).Order(), Is.Empty, "These folders of src are in no table of src/ARCHITECTURE.md.");
        Assert.That(Drawn.Keys.Except(Rooms).Order(), Is.Empty, "These rooms of src/ARCHITECTURE.md are no folders of src.");
    }

    [Test]
    public void Arrows_AreThoseOfTheDocument()
    {
        var forbidden = from arrow in Arrows()
                        where arrow.To != Root && !Drawn.GetValueOrDefault(arrow.From, []).Any(target => Covers(target, arrow.To))
                        select $"{arrow.From} -> {arrow.To} ({arrow.File})";
        Assert.That(forbidden, Is.Empty, "src/ARCHITECTURE.md does not draw these arrows.");
    }

    [Test]
    public void DrawnArrows_AreUsed()
    {
        var used = Arrows().Select(arrow => (arrow.From, arrow.To)).ToHashSet();
        var idle = from row in Drawn
                   from target in row.Value
                   where !used.Any(arrow => arrow.From == row.Key && Covers(target, arrow.To))
                   select $"{row.Key} -> {target}";
        Assert.That(idle, Is.Empty, "No file needs these arrows of src/ARCHITECTURE.md.");
    }

    /// <summary>
    /// A folder sees the types of the folder above it without a using, so that these arrows are found by the names of the types. The root of a program is where
    /// it starts, and knows all of it.
    /// </summary>
    [Test]
    public void Arrows_MakeNoCircle()
    {
        var above = from room in Rooms
                    let parent = room.Contains('/', StringComparison.Ordinal) ? room[..room.IndexOf('/', StringComparison.Ordinal)] : null
                    where parent is not null && !Programs.Contains(parent) && UsesTypesOf(room, parent)
                    select (From: room, To: parent);
        var arrows = Arrows().Select(arrow => (arrow.From, arrow.To)).Concat(above).Where(arrow => arrow.From != arrow.To).ToHashSet();
        Assert.That(Staying.Except(arrows), Is.Empty, "These arrows are not there any more.");
        arrows.ExceptWith(Staying);
        arrows.RemoveWhere(arrow => Programs.Contains(arrow.From));
        var circles = from arrow in arrows where Reaches(arrow.To, arrow.From, arrows) select $"{arrow.From} -> {arrow.To}";
        Assert.That(circles.Order(), Is.Empty, "These arrows are part of a circle.");
    }

    [Test]
    public void NamedFiles_Exist()
    {
        var named = NamedFile().Matches(Document).Select(match => match.Groups["path"].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.That(named, Has.Count.GreaterThan(80));
        Assert.That(named.Where(path => !IsThere(path)), Is.Empty, "src/ARCHITECTURE.md names these files, which are not there.");
    }

    private static bool IsThere(string path)
    {
        var parts = path.Split('/', 2);
        return File.Exists(Path.Combine(TestFiles.RepositoryRoot, path))
            || (parts.Length == 2 && Directory.EnumerateDirectories(Source).Any(folder =>
                ShortNameOf(Path.GetFileName(folder)) == parts[0] && File.Exists(Path.Combine(folder, parts[1]))));
    }

    private static IEnumerable<(string From, string To, string File)> Arrows() =>
        from file in Files
        from name in file.Lines.SelectMany(NamesIn).Distinct(StringComparer.Ordinal)
        let target = RoomNamed(name)
        where target is not null && target != file.Room
        select (file.Room, target, file.Path);

    /// <summary>The names of this project's namespaces and types in a line of code: in a using, or written in full.</summary>
    private static IEnumerable<string> NamesIn(string line) =>
        line.StartsWith("namespace ", StringComparison.Ordinal) ? [] : FullName().Matches(line.Split("//")[0]).Select(match => match.Value);

    /// <summary>The room of the longest beginning of a name that is one.</summary>
    private static string? RoomNamed(string name)
    {
        var parts = name.Split('.');
        for (var length = parts.Length; length > 1; length--)
        {
            for (var project = Math.Min(length, 3); project > 1; project--)
            {
                var room = RoomOf(string.Join('/', parts[..length].Skip(project).Prepend(string.Join('.', parts[..project]))));
                if (Rooms.Contains(room))
                {
                    return room;
                }
            }
        }

        return null;
    }

    private static bool UsesTypesOf(string room, string parent)
    {
        var types = Files.Where(file => file.Room == parent)
            .SelectMany(file => file.Lines.Select(line => Declaration().Match(line)).Where(match => match.Success))
            .Select(match => match.Groups["type"].Value)
            .ToHashSet(StringComparer.Ordinal);
        return Files.Where(file => file.Room == room)
            .SelectMany(file => file.Lines)
            .SelectMany(line => Identifier().Matches(line.Split("//")[0]))
            .Any(match => types.Contains(match.Value));
    }

    private static bool Reaches(string from, string to, HashSet<(string From, string To)> arrows)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { from };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var room))
        {
            if (room == to)
            {
                return true;
            }

            foreach (var arrow in arrows.Where(arrow => arrow.From == room && seen.Add(arrow.To)))
            {
                open.Enqueue(arrow.To);
            }
        }

        return false;
    }

    /// <summary><c>Host/*</c> is every room of a project, also its root.</summary>
    private static bool Covers(string target, string room) =>
        target == room || (target.EndsWith("/*", StringComparison.Ordinal) && (room + "/").StartsWith(target[..^1], StringComparison.Ordinal));

    private static string RoomOf(string folder)
    {
        var parts = folder.Split('/', 2);
        return string.Join('/', parts.Skip(1).Prepend(ShortNameOf(parts[0])));
    }

    private static string ShortNameOf(string project) =>
        project.StartsWith("Nvdimm.Extensions.", StringComparison.Ordinal) ? project["Nvdimm.Extensions.".Length..] : project["Nvdimm.".Length..];

    /// <summary>The table rows between a heading and the next one of its level or above: the names in backquotes, cell by cell.</summary>
    private static IEnumerable<List<string>[]> RowsBelow(string heading)
    {
        var level = heading.TakeWhile(letter => letter == '#').Count();
        return Document.Split('\n')
            .SkipWhile(line => line != heading)
            .Skip(1)
            .TakeWhile(line => !(line.StartsWith('#') && (line.TakeWhile(letter => letter == '#').Count() <= level || line.StartsWith("### Circles", StringComparison.Ordinal))))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|')[1..^1].Select(cell => Quoted().Matches(cell).Select(match => match.Groups["name"].Value).ToList()).ToArray());
    }

    [GeneratedRegex(@"\bNvdimm(\.\w+)+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FullName();

    [GeneratedRegex(@"\b[A-Z]\w+\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Identifier();

    [GeneratedRegex(
        @"^(public |internal |sealed |static |abstract |readonly |partial |ref )*(class|record struct|record|struct|enum|interface) (?<type>\w+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declaration();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[`(](?<path>[\w.][\w./-]*\.(cs|md|sh|sql|csproj|props|txt|editorconfig|8|1))[`)]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedFile();

    private sealed record SourceFile(string Path, string Room, string[] Lines);
}
